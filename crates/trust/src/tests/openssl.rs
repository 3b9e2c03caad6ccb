//! OpenSSL as the judge: files in a folder that goes away, commands, what they said.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

pub struct Judge {
    folder: TempDir,
}

impl Judge {
    /// `None`, with a line that says so, where OpenSSL is not installed.
    pub fn new() -> Option<Judge> {
        if Command::new("openssl").arg("version").output().is_err() {
            println!("skipped: openssl is not installed");
            return None;
        }
        Some(Judge { folder: tempfile::tempdir().unwrap() })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.path().join(name), bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(name)).unwrap()
    }

    /// DER as PEM.
    pub fn certificate(&self, name: &str, der: &[u8]) {
        let pem = wire::pki::pem::write("CERTIFICATE", der);
        self.write(name, pem.as_bytes());
    }

    /// Whether it went well, and everything it said.
    pub fn run(&self, line: &str) -> (bool, String) {
        let mut command = Command::new("openssl");
        command.args(line.split_whitespace()).current_dir(self.folder.path());
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    pub fn agrees(&self, line: &str) -> String {
        let (fine, said) = self.run(line);
        assert!(fine, "openssl {line}\n{said}");
        said
    }

    pub fn refuses(&self, line: &str) -> String {
        let (fine, said) = self.run(line);
        assert!(!fine, "openssl {line} went well\n{said}");
        said
    }
}
