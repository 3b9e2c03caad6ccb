//! The package an operator installs: both programs, the systemd unit, a settings file.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

const UNIT: &str = include_str!("../debian/lienthong.service");
const SETTINGS: &str = include_str!("../debian/lienthong.env");
const AFTER_INSTALL: &str = include_str!("../debian/postinst");
const BEFORE_REMOVE: &str = include_str!("../debian/prerm");

/// Our own crates that Cargo.toml compiles quickly.
const QUICKLY_BUILT: [&str; 3] = ["dossiers", "office", "signing"];

pub fn build(root: &Path) -> Result<()> {
    for package in ["lienthong", "printer"] {
        let mut cargo = Command::new("cargo");
        // What a reader of Cargo.toml does not wait for, a package may.
        cargo.current_dir(root).env("CARGO_PROFILE_RELEASE_LTO", "thin");
        cargo.args(["build", "--release", "-p", package]);
        for own in QUICKLY_BUILT {
            cargo.args(["--config", &format!("profile.release.package.{own}.opt-level=3")]);
        }
        run(&mut cargo)?;
    }
    let architecture = output(Command::new("dpkg").arg("--print-architecture"))?;
    let version = env!("CARGO_PKG_VERSION");
    let tree = root.join("target/debian").join(format!("lienthong_{version}_{architecture}"));
    if tree.exists() {
        fs::remove_dir_all(&tree)?;
    }
    lay_out(root, &tree, &architecture)?;
    // Not `with_extension`: to it the version's last number is one.
    let package = format!("{}.deb", tree.display());
    run(Command::new("dpkg-deb").args(["--root-owner-group", "--build"]).arg(&tree).arg(&package))?;
    run(Command::new("dpkg-deb").arg("--info").arg(&package))
}

fn lay_out(root: &Path, tree: &Path, architecture: &str) -> Result<()> {
    for program in ["lienthong", "lienthong-printer"] {
        let bytes = fs::read(root.join("target/release").join(program))
            .with_context(|| format!("{program} was not built"))?;
        put(tree, &format!("usr/bin/{program}"), &bytes, 0o755)?;
    }
    put(tree, "lib/systemd/system/lienthong.service", UNIT.as_bytes(), 0o644)?;
    put(tree, "etc/lienthong/lienthong.env", SETTINGS.as_bytes(), 0o640)?;
    let licence = fs::read(root.join("LICENSE"))?;
    put(tree, "usr/share/doc/lienthong/copyright", &licence, 0o644)?;
    put(tree, "DEBIAN/control", control(architecture).as_bytes(), 0o644)?;
    put(tree, "DEBIAN/conffiles", b"/etc/lienthong/lienthong.env\n", 0o644)?;
    put(tree, "DEBIAN/postinst", AFTER_INSTALL.as_bytes(), 0o755)?;
    put(tree, "DEBIAN/prerm", BEFORE_REMOVE.as_bytes(), 0o755)
}

fn control(architecture: &str) -> String {
    format!(
        "Package: lienthong
Version: {}
Architecture: {architecture}
Maintainer: Liên Thông <maintainers@lienthong.invalid>
Depends: libc6, adduser, ca-certificates, fonts-liberation2 | fonts-croscore
Recommends: postgresql-client
Section: net
Priority: optional
Description: shared systems of Vietnam's e-Government as one program
 Public-service portal, one-stop shop, procedures, organisations and their
 identification codes, on an embedded SQLite or on PostgreSQL.
",
        env!("CARGO_PKG_VERSION")
    )
}

fn put(tree: &Path, path: &str, bytes: &[u8], mode: u32) -> Result<()> {
    let place = tree.join(path);
    fs::create_dir_all(place.parent().context("a package path has a folder")?)?;
    fs::write(&place, bytes)?;
    Ok(fs::set_permissions(&place, fs::Permissions::from_mode(mode))?)
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?} did not start"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?} did not start"))?;
    ensure!(output.status.success(), "{command:?} ended with {}", output.status);
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
