//! The document axis on a real socket, asked as a Java machine asks: its HttpURLConnection and the
//! Apache client, with `Expect`, in chunks, many requests on one line, and slashes as they come.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wire::algorithm::Digest;
use wire::edxml::packet::{Code, DocumentType, Packet, Promulgation};
use wire::edxml::write::write;
use wire::edxml::{Document, NewAttachment, Organisation, PacketDate};
use wire::vxp::{Call, MessageType, Operation, TransportStatus};

use crate::browser::free_port;
use crate::faults::program::{Program, ask, run};

const SECRET: &str = "secret123";

/// The line of a client that keeps it open.
struct Line {
    stream: TcpStream,
    read: Vec<u8>,
}

struct Heard {
    status: u16,
    body: Vec<u8>,
}

impl Line {
    async fn open(address: &str) -> Line {
        Line { stream: TcpStream::connect(address).await.unwrap(), read: Vec::new() }
    }

    async fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    async fn more(&mut self) {
        let mut piece = [0; 16 * 1024];
        let read = self.stream.read(&mut piece);
        let count = tokio::time::timeout(Duration::from_secs(20), read).await.unwrap().unwrap();
        assert!(count > 0, "the line was closed: {}", String::from_utf8_lossy(&self.read));
        self.read.extend_from_slice(&piece[..count]);
    }

    /// Takes what stands before `mark`, and the mark.
    async fn until(&mut self, mark: &[u8]) -> Vec<u8> {
        loop {
            let found = self.read.windows(mark.len()).position(|window| window == mark);
            if let Some(at) = found {
                let rest = self.read.split_off(at + mark.len());
                let mut taken = std::mem::replace(&mut self.read, rest);
                taken.truncate(at);
                return taken;
            }
            self.more().await;
        }
    }

    async fn take(&mut self, count: usize) -> Vec<u8> {
        while self.read.len() < count {
            self.more().await;
        }
        let rest = self.read.split_off(count);
        std::mem::replace(&mut self.read, rest)
    }

    /// The status line and the headers of an answer.
    async fn head(&mut self) -> (u16, String) {
        let head = String::from_utf8(self.until(b"\r\n\r\n").await).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_ascii_lowercase())
    }

    async fn hear(&mut self) -> Heard {
        let (status, head) = self.head().await;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if let Some(length) = length {
            let body = self.take(length.trim().parse().unwrap()).await;
            return Heard { status, body };
        }
        assert!(head.contains("transfer-encoding: chunked"), "{head}");
        let mut body = Vec::new();
        loop {
            let size = String::from_utf8(self.until(b"\r\n").await).unwrap();
            let size = usize::from_str_radix(size.trim(), 16).unwrap();
            body.extend(self.take(size).await);
            self.until(b"\r\n").await;
            if size == 0 {
                return Heard { status, body };
            }
        }
    }
}

impl Heard {
    fn json(&self) -> Value {
        assert_eq!(self.status, 200);
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What the kit signs, as it writes it, with the lines that the client adds.
fn head(call: &Call, system: &str, path: &str, more: &[&str]) -> Vec<u8> {
    #[expect(clippy::disallowed_methods, reason = "the program on the other side has a real clock")]
    let now = Timestamp::now();
    let mut text = format!("{} {path} HTTP/1.1\r\n", call.operation.method());
    for (name, value) in call.headers(system, SECRET.as_bytes(), now) {
        text += &format!("{name}: {value}\r\n");
    }
    for line in ["Host: axis.example.vn", "Cache-Control: no-cache"].iter().chain(more) {
        text += &format!("{line}\r\n");
    }
    (text + "\r\n").into_bytes()
}

fn packet(number: u32, size_bytes: usize) -> Vec<u8> {
    let named = |code: &str| Organisation {
        organ_id: code.to_owned(),
        organ_name: code.to_owned(),
        ..Organisation::default()
    };
    let document = Document {
        from: named("000.00.00.H57"),
        to: vec![named("G15")],
        document_id: format!("000.00.00.H57,2026/11/20,{number}/UBND"),
        code: Code { number: number.to_string(), notation: "UBND".to_owned() },
        promulgation: Promulgation {
            place: "Huế".to_owned(),
            date: PacketDate::received("2026/11/20"),
        },
        document_type: DocumentType { name: "Công văn".to_owned(), ..Default::default() },
        subject: "V/v thử nghiệm".to_owned(),
        ..Document::default()
    };
    let head = NewAttachment {
        content_id: "cid:1".to_owned(),
        attachment_name: "a.pdf".to_owned(),
        description: String::new(),
        content_type: "application/pdf".to_owned(),
    };
    let text = vec![b'x'; size_bytes];
    write(&Packet::Document(Box::new(document)), &[(head, &text[..])]).unwrap()
}

fn send(packet: &[u8]) -> (Call, Vec<u8>) {
    let call = Call::send(MessageType::Edoc, "H57", &[], &Digest::Sha256.of(packet));
    (call, [packet, b"\r\n"].concat())
}

async fn installed(data: &Path) -> (Program, String) {
    let system = ["axis", "system", "add"];
    run(data, &[&system[..], &["sys.H57", "--for", "H57", "--secret", SECRET]].concat()).await;
    run(data, &[&system[..], &["sys.G15", "--for", "G15,G22", "--secret", SECRET]].concat()).await;
    let axis = format!("127.0.0.1:{}", free_port());
    let listen = [("LIENTHONG_AXIS_LISTEN", Path::new(&axis))];
    (Program::start(data, &listen).await, axis)
}

/// HttpURLConnection: everything on one line, the file with its length, then small requests.
async fn by_url_connection(address: &str, prefix: &str, number: u32) -> String {
    let keep = "Connection: keep-alive";
    let accept = "Accept: text/html, image/gif, image/jpeg, */*; q=0.2";
    let mut line = Line::open(address).await;
    let mut name = String::new();
    for _ in 0..2 {
        let (call, body) = send(&packet(number, 200_000));
        let length = format!("Content-Length: {}", body.len());
        let path = format!("{prefix}//sendEdoc");
        line.write(&head(&call, "sys.H57", &path, &[keep, accept, &length])).await;
        line.write(&body).await;
        let heard = line.hear().await.json();
        assert_eq!(heard["status"], "OK", "{heard}");
        assert!(name.is_empty() || heard["DocId"] == name.as_str(), "the same is the same packet");
        name = heard["DocId"].as_str().unwrap().to_owned();
    }
    name
}

/// The Apache client: asks before it sends a body, and keeps its line.
async fn by_apache(address: &str, prefix: &str) -> Vec<Value> {
    let keep = "Connection: Keep-Alive";
    let mut line = Line::open(address).await;
    let list = Call::received(MessageType::Edoc);
    let path = format!("{prefix}/getReceivedEdocList");
    line.write(&head(&list, "sys.G15", &path, &["Content-Length: 0", keep])).await;
    let rows = line.hear().await.json()["data"].as_array().unwrap().clone();
    for row in &rows {
        let doc_id = row["docId"].as_str().unwrap();
        let get = Call::fetch(Operation::GetEdoc, doc_id).parameter("filePath", "store/");
        let asks = ["Content-Length: 2", keep, "Expect: 100-continue"];
        line.write(&head(&get, "sys.G15", &format!("{prefix}/getEdoc"), &asks)).await;
        assert_eq!(line.head().await.0, 100);
        line.write(b"{}").await;
        let got = line.hear().await.json();
        let load = Call::fetch(Operation::DownloadEdoc, doc_id);
        line.write(&head(&load, "sys.G15", &format!("{prefix}/downloadEdoc"), &[keep])).await;
        let raw = line.hear().await;
        let encoded = got["data"].as_str().unwrap();
        assert_eq!(encoded.len(), raw.body.len().div_ceil(3) * 4);
        assert!(raw.body.starts_with(b"<?xml"));
        let done = Call::update(doc_id, TransportStatus::Done);
        line.write(&head(&done, "sys.G15", &format!("{prefix}/updateStatus"), &asks)).await;
        assert_eq!(line.head().await.0, 100);
        line.write(b"{}").await;
        assert_eq!(line.hear().await.json()["status"], "OK");
    }
    rows
}

/// In pieces, as a client writes what it does not know the length of.
async fn in_chunks(address: &str, number: u32) {
    let (call, body) = send(&packet(number, 300_000));
    let mut line = Line::open(address).await;
    let asks = ["Transfer-Encoding: chunked", "Expect: 100-continue"];
    line.write(&head(&call, "sys.H57", "/sendEdoc", &asks)).await;
    assert_eq!(line.head().await.0, 100);
    for piece in body.chunks(7_001) {
        line.write(format!("{:x}\r\n", piece.len()).as_bytes()).await;
        line.write(piece).await;
        line.write(b"\r\n").await;
    }
    line.write(b"0\r\n\r\n").await;
    let heard = line.hear().await.json();
    assert_eq!(heard["status"], "OK", "{heard}");
}

/// Writes all of a body before it looks at the answer, and still sees why it was refused.
async fn refused(address: &str, system: &str, (mut packet, code): (Vec<u8>, &str)) {
    let (call, _) = send(&packet);
    packet.extend_from_slice(b"\r\n");
    let mut line = Line::open(address).await;
    let length = format!("Content-Length: {}", packet.len());
    line.write(&head(&call, system, "/sendEdoc", &[&length])).await;
    for piece in packet.chunks(64 << 10) {
        line.write(piece).await;
    }
    assert_eq!(line.hear().await.json()["ErrorCode"], code);
}

/// One who asks before sending hears the refusal at once, and need not send.
async fn refused_before_sending(address: &str) {
    let (call, body) = send(&packet(9, 10));
    let mut line = Line::open(address).await;
    let length = format!("Content-Length: {}", body.len());
    let asks = [length.as_str(), "Expect: 100-continue"];
    line.write(&head(&call, "sys.nobody", "/sendEdoc", &asks)).await;
    assert_eq!(line.hear().await.json()["ErrorCode"], "15");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_java_client_finds_the_axis_it_knows() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (program, axis) = installed(&data).await;
    let site = program.address["http://".len()..].to_owned();

    by_url_connection(&axis, "", 1).await;
    by_url_connection(&site, "/axis", 2).await;
    in_chunks(&axis, 3).await;
    let mut broken = packet(4, 600_000);
    broken.truncate(500_000);
    refused(&axis, "sys.H57", (broken, "22")).await;
    refused(&axis, "sys.nobody", (packet(5, 400_000), "15")).await;
    refused(&axis, "sys.G15", (packet(6, 400_000), "19")).await;
    refused_before_sending(&axis).await;
    assert_eq!(by_apache(&axis, "").await.len(), 3);
    assert!(by_apache(&site, "/axis").await.is_empty(), "all are done");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_is_noticed_by_a_program_that_serves_and_it_ends_with_grace() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (mut program, axis) = installed(&data).await;
    let again = ["axis", "system", "add", "sys.H57", "--for", "H57"];
    assert!(!ask(&data, &again).await.status.success(), "the name is taken");
    let made = ask(&data, &["axis", "system", "add", "sys.new", "--for", "H17"]).await;
    let made = String::from_utf8(made.stdout).unwrap();
    let secret = made.lines().find_map(|line| line.strip_prefix("secret:")).unwrap().trim();
    assert_eq!(secret.len(), 64);
    let listed = ask(&data, &["axis", "system", "list"]).await;
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains("sys.G15  G15,G22") && !listed.contains(secret), "{listed}");

    let count = async |system: &str| {
        let mut line = Line::open(&axis).await;
        let call = Call::count(Operation::CountReceiveEdoc);
        line.write(&head(&call, system, "/countReceiveEdoc", &["Content-Length: 0"])).await;
        line.hear().await.json()
    };
    assert_eq!(count("sys.G15").await["count"], 0);
    run(&data, &["axis", "system", "suspend", "sys.G15"]).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(count("sys.G15").await["ErrorCode"], "15");
    run(&data, &["axis", "system", "resume", "sys.G15"]).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(count("sys.G15").await["count"], 0);

    // Told to end in the middle of a packet, it takes the rest of it and answers.
    let (call, body) = send(&packet(1, 500_000));
    let mut line = Line::open(&axis).await;
    let length = format!("Content-Length: {}", body.len());
    line.write(&head(&call, "sys.H57", "/sendEdoc", &[&length])).await;
    let (first, rest) = body.split_at(100_000);
    line.write(first).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    program.tell_to_end();
    tokio::time::sleep(Duration::from_millis(300)).await;
    line.write(rest).await;
    assert_eq!(line.hear().await.json()["status"], "OK");
    assert!(program.ended().await.success());
}
