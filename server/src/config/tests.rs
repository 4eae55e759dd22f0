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
    let proxied = load("listen = \"0.0.0.0:3000\"\npublic_origin = \"https://p.example\"").unwrap();
    assert!(proxied.check_listener().is_ok());
    assert!(proxied.secure());
    assert!(matches!(load("public_origin = \"p.example\""), Err(ConfigError::Origin(_))));
    assert!(matches!(load("public_origin = \"https://p.example/app\""), Err(ConfigError::Origin(_))));
    assert!(matches!(load("session_hours = 0"), Err(ConfigError::Zero("session_hours"))));
}

#[test]
fn secrets_do_not_show_in_debug() {
    let config = load("master_key = \"c2VjcmV0\"").unwrap();
    assert!(!format!("{config:?}").contains("c2VjcmV0"));
}
