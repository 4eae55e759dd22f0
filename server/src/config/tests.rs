use super::*;

fn load(file: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plumbline.toml");
    std::fs::write(&path, file).unwrap();
    Config::load(&Overrides { config: Some(path), ..Overrides::default() }, &ServeOverrides::default())
}

#[test]
fn the_defaults_listen_on_this_machine_alone() {
    let config = load("").unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert!(!config.secure());
    assert!(config.check_listener().is_ok());
    assert_eq!(config.key_file().unwrap(), Path::new("data/plumbline.key"));
}

#[test]
fn the_command_line_comes_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.toml");
    std::fs::write(&path, "store = \"sqlite:a.db\"\nidle_minutes = 5\n").unwrap();
    let overrides =
        Overrides { config: Some(path), store: Some("sqlite:b.db".to_owned()), ..Overrides::default() };
    let config = Config::load(&overrides, &ServeOverrides::default()).unwrap();
    assert_eq!((config.store.as_str(), config.idle_minutes), ("sqlite:b.db", 5));
}

#[test]
fn unknown_keys_and_missing_files_are_refused() {
    assert!(load("listn = \"127.0.0.1:1\"").unwrap_err().to_string().contains("listn"));
    let missing = Overrides { config: Some("/no/such/file.toml".into()), ..Overrides::default() };
    assert!(Config::load(&missing, &ServeOverrides::default()).is_err());
}

#[test]
fn an_open_listener_needs_tls_in_front() {
    let open = load("listen = \"0.0.0.0:3000\"").unwrap();
    assert!(matches!(open.check_listener(), Err(ConfigError::Open(_))));
    let proxied = "listen = \"0.0.0.0:3000\"\npublic_origin = \"https://p.example\"\n";
    assert!(matches!(load(proxied).unwrap().check_listener(), Err(ConfigError::NoProxy)));
    let proxied = load(&format!("{proxied}trusted_proxies = [\"10.0.0.1\"]")).unwrap();
    assert!(proxied.check_listener().is_ok());
    assert!(proxied.secure());
    assert!(matches!(load("public_origin = \"p.example\""), Err(ConfigError::Origin(_))));
    assert!(matches!(load("public_origin = \"https://p.example/app\""), Err(ConfigError::Origin(_))));
    assert!(matches!(load("session_hours = 0"), Err(ConfigError::Range { name: "session_hours", .. })));
    assert!(load("session_hours = 4294967295").unwrap_err().to_string().contains("from 1 to 168"));
    assert!(matches!(load("metrics_token = \"\""), Err(ConfigError::Token)));
}

#[test]
fn roles_that_need_a_second_factor_are_named_as_on_the_wire() {
    assert!(load("").unwrap().second_factor.is_empty());
    let config = load("second_factor = [\"security_admin\", \"manager\"]").unwrap();
    assert_eq!(config.second_factor, [Role::SecurityAdmin, Role::Manager]);
    assert!(load("second_factor = [\"king\"]").unwrap_err().to_string().contains("king"));
}

#[test]
fn secrets_do_not_show_in_debug() {
    let config = load("master_key = \"c2VjcmV0\"").unwrap();
    assert!(!format!("{config:?}").contains("c2VjcmV0"));
}

fn from_environment(set: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plumbline.toml");
    std::fs::write(&path, "trusted_proxies = [\"10.9.9.9\"]").unwrap();
    let environment = Environment::of(|name| {
        set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    });
    let overrides = Overrides { config: Some(path), ..Overrides::default() };
    Config::from_sources(&overrides, &ServeOverrides::default(), environment)
}

#[test]
fn lists_are_given_by_the_environment_as_people_write_them() {
    for written in ["10.0.0.1,fd00::/8", " 10.0.0.1 , fd00::/8 ,", "[\"10.0.0.1\", \"fd00::/8\"]"] {
        let config = from_environment(&[("PLUMBLINE_TRUSTED_PROXIES", written)]).unwrap();
        let proxies: Vec<String> = config.trusted_proxies.iter().map(ToString::to_string).collect();
        assert_eq!(proxies, ["10.0.0.1/32", "fd00::/8"], "{written}");
    }
    let one = from_environment(&[("PLUMBLINE_TRUSTED_PROXIES", "10.0.0.1")]).unwrap();
    assert_eq!(one.trusted_proxies.len(), 1);
    // Nothing set is nothing said: the file's holds.
    let none = from_environment(&[("PLUMBLINE_TRUSTED_PROXIES", "")]).unwrap();
    assert_eq!(none.trusted_proxies[0].to_string(), "10.9.9.9/32");
    for wrong in ["proxy.example", "10.0.0.1;10.0.0.2", "[10.0.0.1]", "10.0.0.0/99"] {
        let error = from_environment(&[("PLUMBLINE_TRUSTED_PROXIES", wrong)]).unwrap_err().to_string();
        assert!(error.contains("PLUMBLINE_TRUSTED_PROXIES"), "{error}");
    }
}

#[test]
fn texts_of_the_environment_stay_texts_and_numbers_are_numbers() {
    let digits = from_environment(&[
        ("PLUMBLINE_METRICS_TOKEN", "12345678"),
        ("PLUMBLINE_LOG", "true"),
        ("PLUMBLINE_IDLE_MINUTES", "20"),
    ]);
    let config = digits.unwrap();
    assert_eq!(config.metrics_token.unwrap().expose_secret(), "12345678");
    assert_eq!((config.log.as_str(), config.idle_minutes), ("true", 20));
    for wrong in ["twenty", "-1", "4294967296", "1441"] {
        let error = from_environment(&[("PLUMBLINE_IDLE_MINUTES", wrong)]).unwrap_err().to_string();
        assert!(error.to_lowercase().contains("idle_minutes"), "{error}");
    }
}

#[test]
fn every_setting_can_be_given_by_the_environment() {
    let values = |key: &str| match key {
        "listen" => "127.0.0.1:4000",
        "public_origin" => "http://p.example",
        "trusted_proxies" => "10.0.0.1",
        "log_format" => "json",
        "second_factor" => "security_admin",
        "idle_minutes"
        | "session_hours"
        | "exact_searches_per_hour"
        | "timeout_seconds"
        | "drain_seconds"
        | "header_seconds"
        | "body_seconds"
        | "connections"
        | "connections_per_address" => "7",
        _ => "text",
    };
    let all: Vec<(String, &str)> =
        KEYS.iter().map(|key| (format!("PLUMBLINE_{}", key.to_uppercase()), values(key))).collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let config = from_environment(&all).unwrap();
    assert_eq!((config.connections, config.log_format), (7, LogFormat::Json));
    assert_eq!(config.second_factor, [Role::SecurityAdmin]);
}
