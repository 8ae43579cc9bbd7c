//! Hands the compiler's version to `g4opticks check`, which prints what it was built with.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let compiler = std::env::var("RUSTC").unwrap_or_else(|_| String::from("rustc"));
    let answer = Command::new(compiler).arg("--version").output();
    let version = answer.ok().and_then(|a| String::from_utf8(a.stdout).ok());
    println!("cargo:rustc-env=TOOLS_RUSTC_VERSION={}", version.as_deref().unwrap_or("unknown").trim());
}
