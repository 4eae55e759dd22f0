//! A change of contact details on its way through the posts.

use serde_json::{Value, json};

use super::TestApp;
use super::client::{Answer, Client};

/// What the customer wrote.
#[derive(Clone, Debug)]
pub struct Paper {
    pub unit: &'static str,
    pub policy_no: String,
    pub applicant_mobile: String,
    pub new_mobile: String,
    pub new_address: String,
}

impl Paper {
    /// An application at a unit; `no` makes its numbers its own.
    pub fn new(unit: &'static str, no: u32) -> Self {
        Self {
            unit,
            policy_no: format!("3100{no:08}"),
            applicant_mobile: format!("139{no:08}"),
            new_mobile: format!("138{no:08}"),
            new_address: format!("上海市浦东新区世纪大道{no}号"),
        }
    }

    /// The registration as the browser sends it.
    pub fn registration(&self) -> Value {
        json!({
            "accepting": self.unit,
            "registration": {
                "policy": {
                    "policy_no": self.policy_no,
                    "product": "安衡终身寿险",
                    "group": "participating",
                    "group_business": false,
                    "status": "in_force",
                    "effective": "2019-06-12",
                    "receipt_signed": "2019-06-20",
                    "free_look_days": 15,
                    "paid_to": "2026-06-12",
                    "anniversary": "2026-06-12",
                    "lapsed_on": null,
                    "matures_on": "2039-06-12",
                    "payment_mode": "annual",
                    "premium": money(1_248_000),
                    "premium_paid": money(8_736_000),
                    "cash_value": money(0),
                    "dividends": money(0),
                    "survival_benefits": money(0),
                    "maturity_benefit": money(0),
                    "overpaid": money(0),
                    "unexpired_rider": money(0),
                    "loan": money(0),
                    "loan_interest": money(0),
                    "apl": money(0),
                    "arrears": money(0),
                    "open_claim": false,
                    "frozen": false,
                    "loss_reported": false,
                    "holder": "顾文娟",
                    "insured": "沈嘉树",
                    "source": "typed",
                    "as_of": "2026-03-18T01:00:00Z",
                },
                "managing": self.unit,
                "applicant": "顾文娟",
                "mobile": self.applicant_mobile,
                "capacity": "holder",
                "channel": "counter",
                "applied_on": "2026-03-17",
                "received_at": "2026-03-18T01:10:00Z",
                "items": ["AM"],
                "materials": [
                    { "kind": "application", "form": "original", "copies": 1, "pages": 2 },
                    { "kind": "applicant_id", "form": "copy", "copies": 1, "pages": 1 },
                ],
            },
        })
    }

    /// What amends nothing of the registration.
    pub fn amendment(&self) -> Value {
        let mut amendment = self.registration()["registration"].clone();
        let fields = amendment.as_object_mut().expect("a registration is a map");
        for fixed in ["received_at", "items", "materials"] {
            fields.remove(fixed);
        }
        amendment
    }

    /// The change as it is keyed.
    pub fn fields(&self) -> Value {
        json!({
            "party": { "choice": "holder" },
            "mobile": { "secret": self.new_mobile },
            "address": { "secret": self.new_address },
            "postal_code": { "text": "200120" },
        })
    }

    /// Its key fields: the address is ticked, never keyed blind.
    pub fn key_fields(&self) -> Value {
        let mut fields = self.fields();
        fields.as_object_mut().expect("fields are a map").remove("address");
        fields
    }

    /// What its paper states of the key fields, and what it does not.
    pub fn asked(&self) -> Value {
        let key_fields = self.key_fields();
        let stated = key_fields.as_object().expect("fields are a map").iter();
        let mut asked: serde_json::Map<String, Value> =
            stated.map(|(key, value)| (key.clone(), json!({ "stated": value }))).collect();
        asked.insert("email".to_owned(), json!({ "by_rule": "unchanged" }));
        Value::Object(asked)
    }
}

fn money(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "CNY" })
}

/// The first clerks of a unit, signed in.
#[derive(Clone)]
pub struct Clerks {
    pub intake: Client,
    pub entry: Client,
    pub servicing: Client,
    pub recheck: Client,
    pub binding: Client,
}

impl Clerks {
    pub async fn of(app: &TestApp, unit: &str) -> Self {
        Self {
            intake: app.intake_clerk(unit).await,
            entry: app.entry_clerk(unit).await,
            servicing: app.servicing_clerk(unit).await,
            recheck: app.recheck_clerk(unit).await,
            binding: app.binding_clerk(unit).await,
        }
    }
}

/// A case with the version its last answer named.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: String,
    pub number: String,
    pub version: u64,
    pub paper: Paper,
}

impl Held {
    /// Registered, and held by the registrar.
    pub async fn registered(clerk: &Client, paper: Paper) -> Self {
        let answer = clerk.order("/api/cases", &paper.registration()).await.expect_status(200);
        Self {
            id: answer.text("/case/case/id"),
            number: answer.text("/case/case/number"),
            version: answer.number("/version"),
            paper,
        }
    }

    pub fn path(&self) -> String {
        format!("/api/cases/{}", self.id)
    }

    /// Sends a command at the version known.
    pub async fn try_command(&self, who: &Client, command: &Value) -> Answer {
        who.command(&format!("{}/commands", self.path()), self.version, command).await
    }

    /// Sends a command that is carried out.
    #[track_caller]
    pub fn command<'a>(&'a mut self, who: &'a Client, command: Value) -> impl Future<Output = Answer> + 'a {
        let at = std::panic::Location::caller();
        async move {
            let answer = self.try_command(who, &command).await;
            assert_eq!(answer.status, 200, "{command} at {at}: {}", answer.body);
            self.version = answer.number("/version");
            answer
        }
    }

    /// Counted and confirmed by the next post, and taken from its pool by get-next.
    pub async fn received_and_next(&mut self, who: &Client, queue: &str) {
        self.received(who).await;
        let next = who.next(queue).await.expect_status(200);
        assert_eq!(next.text("/case/case/id"), self.id);
        self.version = next.number("/case/case/version");
    }

    /// Through Entry, up to the hand-over.
    pub async fn entered(&mut self, who: &Client) {
        let lines = json!({ "time": true, "content": true, "material": true, "identity": true });
        self.command(who, json!({ "complete_review": { "lines": lines } })).await;
        let fields = self.paper.fields();
        self.command(who, json!({ "enter_change": { "item": 1, "fields": fields } })).await;
        let key_fields = self.paper.key_fields();
        self.command(who, json!({ "confirm_entry": { "item": 1, "key_fields": key_fields } })).await;
        self.command(who, json!({ "hand_over": {} })).await;
    }

    /// Through Servicing, up to the hand-over.
    pub async fn serviced(&mut self, who: &Client) {
        let none = json!({ "answer": "none", "source": "core" });
        let not_needed = json!({ "answer": "not_needed", "source": "core" });
        let lines = json!({
            "loan": none, "apl": none, "arrears": none, "claim": none, "freeze": none, "loss_report": none,
            "referrals": not_needed, "approvals": not_needed,
        });
        self.command(who, json!({ "complete_preparation": { "item": 1, "lines": lines } })).await;
        let fields = self.paper.fields();
        let result = json!({ "item": 1, "reference": "C-1", "state": "pending", "fields": fields });
        self.command(who, json!({ "record_core_result": result })).await;
        let endorsement = json!({
            "item": 1, "number": "P-1", "text": "联系方式变更",
            "effective_date": "2026-03-18", "effective_date_again": "2026-03-18",
        });
        self.command(who, json!({ "endorse": endorsement })).await;
        self.command(who, json!({ "hand_over": {} })).await;
    }

    /// Keyed blind and passed; gives when.
    pub async fn passed(&mut self, who: &Client) -> String {
        let asked = self.paper.asked();
        self.command(who, json!({ "key_asked": { "item": 1, "asked": asked } })).await;
        let ticks = json!({ "change": true, "entry": true, "fees": true });
        self.command(who, json!({ "pass_recheck": ticks })).await.text("/case/case/items/0/pass/done/at")
    }

    /// Through Recheck, up to the hand-over.
    pub async fn rechecked(&mut self, who: &Client) {
        let passed = self.passed(who).await;
        let values = self.paper.fields();
        let core = json!({ "item": 1, "reference": "C-1", "effective_at": passed, "values": values });
        self.command(who, json!({ "confirm_core": core })).await;
        self.command(who, json!({ "hand_over": {} })).await;
    }

    /// Bound and released.
    pub async fn released(&mut self, who: &Client) {
        let lines = json!({ "endorsement": "done", "customer_copy": "done" });
        self.command(who, json!({ "bind": { "item": 1, "lines": lines } })).await;
        self.command(who, json!({ "release": { "method": "counter", "receiver": "顾文娟" } })).await;
    }

    /// From registration to the pool of a later post of the unit, by the first clerks.
    pub async fn at(app: &TestApp, paper: Paper, queue: &str) -> Self {
        Self::by(&Clerks::of(app, paper.unit).await, paper, queue).await
    }

    /// The same by clerks who are signed in already.
    pub async fn by(clerks: &Clerks, paper: Paper, queue: &str) -> Self {
        let Clerks { intake, entry, servicing, recheck, binding } = clerks;
        let mut case = Self::registered(intake, paper).await;
        case.command(intake, json!({ "hand_over": {} })).await;
        case.received(entry).await;
        if queue == "entry" {
            return case;
        }
        case.claimed(entry).await;
        case.entered(entry).await;
        case.received(servicing).await;
        if queue == "servicing" {
            return case;
        }
        case.claimed(servicing).await;
        case.serviced(servicing).await;
        case.received(recheck).await;
        if queue == "recheck" {
            return case;
        }
        case.claimed(recheck).await;
        case.rechecked(recheck).await;
        case.received(binding).await;
        case
    }

    /// Counted and confirmed.
    pub async fn received(&mut self, who: &Client) {
        self.command(who, json!({ "confirm_receipt": { "counted": [2, 1] } })).await;
    }

    /// Claimed from the pool, whatever else stands there.
    pub async fn claimed(&mut self, who: &Client) {
        self.command(who, json!({ "claim": {} })).await;
    }
}
