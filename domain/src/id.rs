//! Identifiers. Aggregates carry UUID v7 made by the server; people and units carry the codes people read.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = Uuid))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! code_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        pub struct $name(pub String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                Self(code.to_owned())
            }
        }
    };
}

uuid_id!(/** A case 保全件. */ CaseId);
uuid_id!(/** A hand-over slip 交接清单. */ SlipId);
uuid_id!(/** A drawing of a sample 抽样. */ DrawId);
uuid_id!(/** A sample check 抽检. */ CheckId);
uuid_id!(/** A finding 差错认定 or nonconformity 合规差错. */ FindingId);

code_id!(/** A person's number 工号, as used to sign in: `SH3107`. */ PersonId);
impl PersonId {
    /// A number as people type it: width, case, spaces and what nobody sees are forgiven.
    pub fn typed(text: &str) -> Self {
        Self(crate::secret::normalise(text).to_uppercase())
    }
}

code_id!(/** A unit's code 机构代码: `SH`, `SH01`. */ UnitId);
code_id!(/** Code of a change item in the catalogue: `BC`. */ ItemCode);
code_id!(/** Code of a field of a change item: `new_holder_name`. */ FieldKey);
code_id!(/** Code of a kind of material: `application`. */ MaterialKind);
code_id!(/** Code of a line of an item's finishing list. */ FinishLine);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_typed() {
        for text in ["SH3107", " sh3107 ", "ＳＨ３１０７", "ｓｈ 31 07", "\u{200b}SH3107\u{202c}"] {
            assert_eq!(PersonId::typed(text), "SH3107".into(), "{text}");
        }
    }
}
