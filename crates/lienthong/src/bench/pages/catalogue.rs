//! A catalogue of the size of the country's: the real records where they lie beside the program,
//! and made-up ones of their size for the rest.

use std::path::{Path, PathBuf};

use anyhow::Result;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use procedures::component::Case;
use procedures::queries::{self, ManagedFilter};
use procedures::version::{Named, Step};
use procedures::{Channel, ChannelKind, Code, Component, Fee, TimeLimit, TimeUnit, Version};

pub struct Catalogue {
    pub count: usize,
    pub imported: usize,
    pub codes: Vec<String>,
    pub names: Vec<String>,
    /// The one whose page is asked for again and again: of ordinary length.
    pub typical: String,
}

const CAPTURES: &str = "shared/data/procedures/procedures_2642.tar.gz";
const BATCH: usize = 100;

pub async fn fill(ctx: &Ctx, wanted: usize) -> Result<Catalogue> {
    let imported = match captures() {
        Some(path) => procedures::import::import(ctx, &path, &mut std::io::sink()).await?.new,
        None => 0,
    };
    let there = listed(ctx).await?.len();
    let made: Vec<Version> = (there..wanted).map(made_up).collect::<Result<_>>()?;
    for batch in made.chunks(BATCH) {
        procedures::commands::ship(ctx, batch.to_vec()).await?;
    }
    let listed = listed(ctx).await?;
    let codes: Vec<String> = listed.iter().map(|(code, _)| code.clone()).collect();
    Ok(Catalogue {
        count: codes.len(),
        imported,
        typical: "1.001193".to_owned(),
        names: listed.into_iter().map(|(_, name)| name).collect(),
        codes,
    })
}

/// Beside the repository or in a folder above.
fn captures() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|folder: &Path| folder.join(CAPTURES)).find(|path| path.exists())
}

/// Code and name of everything that is published, in the order of codes.
async fn listed(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map(|(code, _): &(String, String)| code.clone());
        let filter = ManagedFilter {
            after: after.unwrap_or_default(),
            status: Some(procedures::Status::Published),
            ..ManagedFilter::default()
        };
        let read =
            move |tx: &mut Tx| -> Result<_, StoreError> { queries::managed(tx, &filter, 1_000) };
        let page = ctx.store.read(read).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page.into_iter().map(|line| (line.code.to_string(), line.listing.name)));
    }
}

const ACTS: [&str; 8] = [
    "Cấp mới giấy phép",
    "Cấp lại giấy chứng nhận",
    "Gia hạn giấy phép",
    "Điều chỉnh đăng ký",
    "Thu hồi giấy chứng nhận",
    "Xác nhận hồ sơ",
    "Thông báo hoạt động",
    "Đăng ký thay đổi",
];
const THINGS: [&str; 10] = [
    "cơ sở sản xuất giống cây trồng",
    "phương tiện thủy nội địa",
    "hành nghề kiến trúc",
    "khai thác nước dưới đất",
    "kinh doanh vận tải hành khách",
    "tổ chức giám định tư pháp",
    "hoạt động đo đạc và bản đồ",
    "cơ sở chăn nuôi quy mô lớn",
    "đại lý bảo hiểm",
    "điểm đấu nối đường bộ",
];

/// A procedure that does not exist, as long as real ones are.
fn made_up(number: usize) -> Result<Version> {
    let code = Code::parse(&format!("9.{number:06}"))?;
    let name = format!(
        "{} {} loại {number}",
        ACTS[number % ACTS.len()],
        THINGS[number / ACTS.len() % THINGS.len()]
    );
    let channel = |kind| Channel {
        kind,
        time_limit: Some(TimeLimit::new(1 + number as u32 % 30, TimeUnit::WorkingDay)),
        fees: vec![Fee::free()],
        text: "Nộp tại bộ phận một cửa hoặc trên mạng, trong giờ làm việc.".to_owned(),
    };
    let components = (1..=6).map(|paper| Component {
        name: format!("Giấy tờ số {paper} chứng minh điều kiện theo quy định, còn hiệu lực"),
        originals: 1,
        ..Component::default()
    });
    let steps = (1..=4).map(|step| Step {
        name: format!("Bước {step}"),
        text: "Cơ quan kiểm tra hồ sơ và trả lời bằng văn bản. ".repeat(12),
    });
    Ok(Version {
        fields: vec![Named::of(format!("Lĩnh vực {}", number % 120))],
        subjects: vec![Named::of("Công dân Việt Nam"), Named::of("Doanh nghiệp")],
        steps: steps.collect(),
        channels: vec![channel(ChannelKind::Online), channel(ChannelKind::Direct)],
        cases: vec![Case { components: components.collect(), ..Case::default() }],
        results: vec![Named::of("Giấy phép")],
        ..Version::new(code, name)
    })
}
