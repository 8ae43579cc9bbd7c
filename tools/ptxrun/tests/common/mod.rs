//! Helpers of the integration tests.

use std::process::Command;

/// Checks with NVIDIA's assembler that `text` is valid PTX. The assembler is
/// `$PTXAS` or `ptxas` on the path; without one the check is left out.
pub(crate) fn ptxas(name: &str, text: &str) {
    let tool = std::env::var("PTXAS").unwrap_or_else(|_| "ptxas".into());
    let dir = std::env::temp_dir();
    let base = dir.join(format!("ptxrun-{}-{name}", std::process::id()));
    let (src, out) = (base.with_extension("ptx"), base.with_extension("cubin"));
    std::fs::write(&src, text).expect("temporary file");
    let result = Command::new(tool).arg("-arch=sm_90").arg(&src).arg("-o").arg(&out).output();
    let _ = (std::fs::remove_file(&src), std::fs::remove_file(&out));
    match result {
        Err(_) => eprintln!("no ptxas: {name} not assembled"),
        Ok(r) => assert!(r.status.success(), "{name}: {}", String::from_utf8_lossy(&r.stderr)),
    }
}

/// SplitMix64.
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Mostly any 32 bits; sometimes values at the edges.
    pub(crate) fn word(&mut self) -> u32 {
        const EDGE: [u32; 12] = [
            0,
            1,
            2,
            0x7fff_ffff,
            0x8000_0000,
            0xffff_ffff,
            0x3f80_0000,
            0xff80_0000,
            0x7fc0_0000,
            0x0000_0100,
            0x4f00_0000,
            0xcf00_0001,
        ];
        let v = self.u64();
        if v >> 60 == 0 { EDGE[(v % 12) as usize] } else { v as u32 }
    }
}

pub(crate) fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks(4).map(|c| u32::from_le_bytes(c.try_into().unwrap())).collect()
}

pub(crate) fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_le_bytes()).collect()
}
