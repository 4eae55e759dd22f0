//! Rebuilds when what the query macros read has changed.
fn main() {
    for path in ["migrations", ".sqlx", "sqlx.toml"] {
        println!("cargo:rerun-if-changed={path}");
    }
    println!("cargo:rerun-if-env-changed=PLUMBLINE_SQLITE_CHECK_URL");
}
