//! `lienthong sign` and `lienthong verify` beside openssl, xmlsec1 and pdfsig.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub struct Desk {
    pub folder: TempDir,
}

/// Runs a program that is not ours; `None`, and said so, when it is not there.
fn other(folder: &Path, program: &str, words: &[&str]) -> Option<Output> {
    match Command::new(program).args(words).current_dir(folder).output() {
        Ok(output) => Some(output),
        Err(_) => {
            println!("skipped: {program} is not installed");
            None
        }
    }
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

impl Desk {
    /// A root, a person under it and an empty list of revoked certificates, all by openssl.
    pub fn open() -> Option<Desk> {
        let folder = TempDir::new().unwrap();
        let desk = Desk { folder };
        desk.write(
            "ca.cnf",
            b"[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\ndefault_md=sha256\n\
              default_crl_days=30\ncrlnumber=number\ncrl_extensions=ext\n[ext]\n\
              authorityKeyIdentifier=keyid\n[req]\ndistinguished_name=name\n[name]\n",
        );
        desk.write("index.txt", b"");
        desk.write("number", b"01\n");
        desk.run(
            "req -config ca.cnf -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem \
             -days 3650 -subj /C=VN/CN=Goc -addext basicConstraints=critical,CA:TRUE \
             -addext keyUsage=critical,keyCertSign,cRLSign -addext subjectKeyIdentifier=hash",
        )?;
        for (name, kind) in [("an", "rsa:2048"), ("binh", "ec -pkeyopt ec_paramgen_curve:P-256")] {
            let usage = "-addext keyUsage=critical,digitalSignature,nonRepudiation";
            desk.certify((name, kind, "365"), usage)?;
        }
        desk.run("ca -config ca.cnf -gencrl -keyfile root.key -cert root.pem -out root.crl")?;
        Some(desk)
    }

    /// A certificate under the root.
    fn certify(&self, (name, kind, days): (&str, &str, &str), more: &str) -> Option<()> {
        self.run(&format!(
            "req -config ca.cnf -x509 -CA root.pem -CAkey root.key -newkey {kind} -nodes \
             -keyout {name}.key -out {name}.pem -days {days} \
             -subj /C=VN/O=UBND/title=Chutich/CN={name} -addext basicConstraints=critical,CA:FALSE \
             -addext subjectKeyIdentifier=hash -addext authorityKeyIdentifier=keyid {more}"
        ))
    }

    /// openssl with these words.
    fn run(&self, words: &str) -> Option<()> {
        self.openssl(&words.split_whitespace().collect::<Vec<_>>())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    fn openssl(&self, words: &[&str]) -> Option<()> {
        let output = other(self.folder.path(), "openssl", words)?;
        assert!(output.status.success(), "{words:?}: {}", said(&output));
        Some(())
    }

    /// Our own program: its exit code and what it said.
    fn own(&self, words: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_lienthong"))
            .args(words)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        (output.status.code().unwrap(), said(&output))
    }

    fn verify(&self, file: &str, more: &[&str]) -> (i32, String) {
        let all = [&["verify", file, "--trust", "root.pem", "--crl", "root.crl"], more].concat();
        self.own(&all)
    }

    fn sign(&self, file: &str, who: &str, more: &[&str]) {
        let (key, pem) = (format!("{who}.key"), format!("{who}.pem"));
        let all = [&["sign", file, "--key", &key, "--certificate", &pem], more].concat();
        let (code, said) = self.own(&all);
        assert_eq!(code, 0, "{said}");
    }
}

const XML: &str = "<VanBan><TrichYeu>Về việc cấp giấy phép</TrichYeu></VanBan>";

fn pdf() -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ];
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
    for (index, body) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend_from_slice(format!("{} 0 obj\n{body}\nendobj\n", index + 1).as_bytes());
    }
    let at = file.len();
    file.extend_from_slice(table.as_bytes());
    let end = format!("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(end.as_bytes());
    file
}

#[test]
fn what_is_signed_is_valid_what_is_changed_is_not_and_what_is_unknown_is_neither() {
    let Some(desk) = Desk::open() else { return };
    desk.write("a.xml", XML.as_bytes());
    desk.write("a.pdf", &pdf());
    desk.write("a.txt", "tờ trình".as_bytes());
    for who in ["an", "binh"] {
        let out = |end: &str| format!("{who}.{end}");
        let cases = [
            ("a.xml", out("xml"), "xades", None),
            ("a.pdf", out("pdf"), "pades", None),
            ("a.txt", out("p7s"), "cades", Some("a.txt")),
            ("a.txt", out("jws"), "jws", None),
            ("a.txt", out("asice"), "asice", None),
        ];
        for (file, signed, format, content) in &cases {
            desk.sign(file, who, &["--format", format, "--out", signed]);
            let content = content.map_or(Vec::new(), |content| vec!["--content", content]);
            let (code, text) = desk.verify(signed, &content);
            assert!(code == 0 && text.contains("HỢP LỆ"), "{signed} {code} {text}");
            let english = [content.as_slice(), &["--language", "en"]].concat();
            assert!(desk.verify(signed, &english).1.contains("VALID"));
            let json = [content.as_slice(), &["--json"]].concat();
            let value: serde_json::Value =
                serde_json::from_str(&desk.verify(signed, &json).1).unwrap();
            assert_eq!(value["verdict"], "valid");
            assert_eq!(value["signatures"][0]["signer"]["position"], "Chutich");
            // Nobody is trusted, or nothing is known about revocation.
            let bare = [&["verify", signed.as_str()], content.as_slice()].concat();
            assert_eq!(desk.own(&bare).0, 2, "{signed}");
            let unasked = [&bare[..], &["--trust", "root.pem"]].concat();
            assert_eq!(desk.own(&unasked).0, 2, "{signed}");
            let unasked = [&unasked[..], &["--without-revocation"]].concat();
            assert_eq!(desk.own(&unasked).0, 0, "{signed}");
        }
        let text = std::fs::read_to_string(desk.path(&out("xml"))).unwrap();
        desk.write("changed.xml", text.replace("cấp", "thu").as_bytes());
        assert_eq!(desk.verify("changed.xml", &[]).0, 1);
    }
    assert_eq!(desk.verify("a.pdf", &[]).0, 2);
    assert_eq!(desk.verify("nowhere.pdf", &[]).0, 2);
    // A key of another.
    let words = ["sign", "a.txt", "--key", "an.key", "--certificate", "binh.pem"];
    assert_eq!(desk.own(&words).0, 2);
    assert!(!desk.path("a.txt.asice").exists());
}

#[test]
fn others_agree_with_what_we_sign() {
    let Some(desk) = Desk::open() else { return };
    desk.write("a.xml", XML.as_bytes());
    desk.write("a.pdf", &pdf());
    desk.write("a.txt", b"to trinh");
    let folder = desk.folder.path();
    for who in ["an", "binh"] {
        desk.sign("a.txt", who, &["--format", "cades", "--out", &format!("{who}.p7s")]);
        let p7s = format!("{who}.p7s");
        desk.openssl(&[
            "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", &p7s, "-content",
            "a.txt", "-CAfile", "root.pem", "-purpose", "any", "-out", "back.txt",
        ]);
        desk.sign("a.xml", who, &["--out", &format!("{who}.xml")]);
        let xml = format!("{who}.xml");
        let words = [
            "--verify",
            "--enabled-key-data",
            "x509",
            "--trusted-pem",
            "root.pem",
            "--id-attr:Id",
            "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
            &xml,
        ];
        if let Some(output) = other(folder, "xmlsec1", &words) {
            assert!(output.status.success(), "{}", said(&output));
        }
        desk.sign("a.pdf", who, &["--out", &format!("{who}.pdf")]);
        if let Some(output) = other(folder, "pdfsig", &["-nocert", &format!("{who}.pdf")]) {
            assert!(said(&output).contains("Signature is Valid."), "{}", said(&output));
        }
    }
}

#[test]
fn what_openssl_signs_is_valid_for_us() {
    let Some(desk) = Desk::open() else { return };
    desk.write("a.txt", b"to trinh");
    for (who, more) in [("an", "-cades"), ("binh", "-nosmimecap")] {
        let (key, pem, out) = (format!("{who}.key"), format!("{who}.pem"), format!("{who}.p7s"));
        desk.openssl(&[
            "cms", "-sign", "-binary", more, "-in", "a.txt", "-signer", &pem, "-inkey", &key,
            "-md", "sha256", "-outform", "DER", "-out", &out,
        ]);
        let (code, text) = desk.verify(&out, &["--content", "a.txt"]);
        assert_eq!(code, 0, "{text}");
        desk.write("b.txt", b"to trinh khac");
        assert_eq!(desk.verify(&out, &["--content", "b.txt"]).0, 1);
    }
}

/// A time-stamping authority (openssl's) and the list of revoked certificates, on one port.
fn serve(listener: TcpListener, folder: PathBuf) {
    for stream in listener.incoming() {
        let mut reader = BufReader::new(stream.unwrap());
        let (mut first, mut length) = (String::new(), 0);
        reader.read_line(&mut first).unwrap();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let answer = if first.starts_with("POST /tsa") {
            std::fs::write(folder.join("query.tsq"), body).unwrap();
            let words = [
                "ts",
                "-reply",
                "-config",
                "ts.cnf",
                "-queryfile",
                "query.tsq",
                "-out",
                "answer.tsr",
            ];
            let output = other(&folder, "openssl", &words).unwrap();
            assert!(output.status.success(), "{}", said(&output));
            std::fs::read(folder.join("answer.tsr")).unwrap()
        } else {
            std::fs::read(folder.join("root.crl")).unwrap()
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            answer.len()
        );
        let stream = reader.get_mut();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&answer).unwrap();
    }
}

#[test]
fn with_a_stamp_and_evidence_a_file_is_checked_without_asking_anyone() {
    let Some(desk) = Desk::open() else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let point = format!("-addext crlDistributionPoints=URI:{address}/root.crl -addext keyUsage=");
    let clock = "critical,digitalSignature -addext extendedKeyUsage=critical,timeStamping";
    desk.certify(("clock", "rsa:2048", "3000"), &format!("{point}{clock}"));
    let person = "critical,digitalSignature,nonRepudiation";
    desk.certify(("short", "rsa:2048", "30"), &format!("{point}{person}"));
    desk.write("serial", b"01\n");
    desk.write(
        "ts.cnf",
        b"[tsa]\ndefault_tsa=own\n[own]\nserial=serial\nsigner_cert=clock.pem\ncerts=root.pem\n\
          signer_key=clock.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\n\
          digests=sha256,sha384,sha512\ness_cert_id_alg=sha256\n",
    );
    let folder = desk.folder.path().to_owned();
    std::thread::spawn(move || serve(listener, folder));
    desk.write("a.xml", XML.as_bytes());
    desk.write("a.pdf", &pdf());
    desk.write("a.txt", b"to trinh");
    let later = (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * 25)).to_string();
    let said_of = |words: &str| desk.own(&words.split_whitespace().collect::<Vec<_>>());
    let cases = [("a.pdf", "pades"), ("a.xml", "xades"), ("a.txt", "cades"), ("a.txt", "asice")];
    for (file, format) in cases {
        let content = if format == "cades" { "--content a.txt" } else { "" };
        let sign = format!("sign {file} --key short.key --certificate short.pem --format {format}");
        let tsa = format!("--chain root.pem --tsa {address}/tsa --out {format}.out");
        let (code, text) = said_of(&format!("{sign} {tsa}"));
        assert!(code == 0 && text.contains("B-LT"), "{format} {code} {text}");
        // No list is handed in: what is needed came along.
        let verify = format!("--trust root.pem {content}");
        let (code, text) = said_of(&format!("verify {format}.out {verify} --at {later}"));
        assert!(code == 0, "{format} {code} {text}");
        let lasting = format!("{sign} --chain root.pem --tsa {address}/tsa");
        if format == "pades" {
            archived(&desk, &lasting, &later);
        }
        let (code, text) = said_of(&format!("{lasting} --level lta --out {format}.lta"));
        assert!(code == 0 && text.contains("B-LTA"), "{format} {code} {text}");
        let (code, text) = said_of(&format!("verify {format}.lta {verify} --at {later} --json"));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((code, value["verdict"].as_str()), (0, Some("valid")), "{format} {text}");
        let noted = value["signatures"][0]["notes"].as_array().unwrap();
        assert!(noted.iter().all(|note| note["code"] != "stamp-unproved"), "{format} {text}");
        // Without word about them the addresses in the certificates are asked.
        assert_eq!(said_of(&format!("{sign} --out {format}.bare")).0, 0);
        assert_eq!(said_of(&format!("verify {format}.bare {verify}")).0, 2);
        let (code, text) = said_of(&format!("verify {format}.bare {verify} --ask"));
        assert_eq!(code, 0, "{format} {text}");
    }
}

/// A PDF with a stamp over all of it; and what has no such stamp, or could not be asked about, is
/// not written.
fn archived(desk: &Desk, sign: &str, later: &str) {
    let said_of = |words: &str| desk.own(&words.split_whitespace().collect::<Vec<_>>());
    let (code, text) = said_of(&format!("{sign} --level lta --out lta.pdf"));
    assert!(code == 0 && text.contains("B-LTA"), "{code} {text}");
    let verify = format!("verify lta.pdf --trust root.pem --at {later}");
    let (code, text) = said_of(&format!("{verify} --json"));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, value["verdict"].as_str()), (0, Some("valid")), "{text}");
    assert_eq!(value["document_time_stamps"][0]["over"], "document");
    assert_eq!(value["document_time_stamps"][0]["authority"]["name"], "clock");
    assert!(said_of(&verify).1.contains("Dấu thời gian trên cả tệp"));
    if let Some(output) = other(desk.folder.path(), "pdfsig", &["-nocert", "lta.pdf"]) {
        let text = said(&output);
        // Of stamps over the whole file it knows the field, and does not judge them.
        assert!(text.contains("Signature is Valid.") && text.contains("LuuTru1"), "{text}");
    }
    // One byte of what the stamp is over.
    let mut changed = std::fs::read(desk.path("lta.pdf")).unwrap();
    let place = changed.windows(4).position(|four| four == b"/DSS").unwrap();
    changed[place + 1] = b'X';
    desk.write("changed.pdf", &changed);
    let words = format!("verify changed.pdf --trust root.pem --at {later}");
    assert_ne!(said_of(&words).0, 0);
    let without = sign.split(" --chain").next().unwrap();
    assert_eq!(said_of(&format!("{without} --level t --out none.pdf")).0, 2);
    let json = sign.replace("a.pdf", "a.txt").replace("pades", "jws");
    assert_eq!(said_of(&format!("{json} --level lta --out none.jws")).0, 2);
    assert!(!desk.path("none.pdf").exists() && !desk.path("none.jws").exists());
}
