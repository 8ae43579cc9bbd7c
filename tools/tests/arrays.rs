//! Arrays and pictures for the tests.

use std::path::Path;

use npy::NPY;

/// A hits item: position, time, wavelength, sensor index and flag mask.
pub(crate) fn hit(
    position_mm: [f32; 3],
    time_ns: f32,
    wavelength_nm: f32,
    sensor: u32,
    mask: u32,
) -> [f32; 16] {
    let mut item = [0.0; 16];
    item[..3].copy_from_slice(&position_mm);
    (item[3], item[6], item[7], item[8], item[11]) = (time_ns, 1.0, 1.0, 1.0, wavelength_nm);
    item[12] = f32::from_bits(0xfffe_0000 | sensor);
    item[15] = f32::from_bits(mask);
    item
}

/// Hits on `sensors` discs of 100 mm radius, three in four directly: a golden-angle spiral, exponential times.
pub(crate) fn disc_hits(sensors: u32, per_sensor: u32) -> Vec<f32> {
    let mut values = Vec::new();
    for sensor in 1..=sensors {
        for i in 0..per_sensor / sensor {
            let part = (i as f32 + 0.5) / per_sensor as f32 * sensor as f32;
            let (radius, angle) = (100.0 * part.sqrt(), i as f32 * 2.399_963);
            let x = 300.0 * (sensor as f32 - 3.0) + radius * angle.cos();
            let position = [x, radius * angle.sin(), 500.0];
            let mask = if i % 4 == 0 { 0x1860 } else { 0x1840 };
            values.extend(hit(position, 3.0 - 8.0 * part.ln(), 400.0 + 80.0 * part, sensor, mask));
        }
    }
    values
}

/// Saves an array of float32.
pub(crate) fn save(path: &Path, values: Vec<f32>, shape: &[u64]) {
    NPY::from_vec(values, shape).unwrap().save(path).unwrap();
}

/// Whether the file is a PNG of at least `least` pixels a side whose pixels are not all the same.
///
/// The size stands in the header chunk after the signature. A uniform picture compresses to far less than a byte
/// per 100 pixels; text and lines take more.
pub(crate) fn is_picture(path: &Path, least: u32) -> bool {
    let bytes = std::fs::read(path).unwrap_or_default();
    let number =
        |at: usize| bytes.get(at..at + 4).map_or(0, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
    let (width, height) = (number(16), number(20));
    let signed = bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB`\x82");
    signed
        && width >= least
        && height >= least
        && bytes.len() as u64 > u64::from(width) * u64::from(height) / 100
}
