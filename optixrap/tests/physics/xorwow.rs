//! cuRAND's XORWOW generator, to reproduce recorded numbers. (Marsaglia, "Xorshift RNGs", 2003; the seeding and
//! the spacing of subsequences are NVIDIA's.)

use optixrap::physics::random::Uniform;

/// The state of one subsequence.
#[derive(Clone)]
pub(crate) struct Xorwow {
    v: [u32; 5],
    d: u32,
}

/// A 160 x 160 matrix over GF(2): row i is the image of bit i.
type Matrix = Vec<[u32; 5]>;

impl Xorwow {
    /// Subsequence `subsequence` of `seed`, from its start.
    pub(crate) fn new(seed: u64, subsequence: u64) -> Self {
        let s0 = seed as u32 ^ 0xaad2_6b49;
        let s1 = (seed >> 32) as u32 ^ 0xf7dc_efdd;
        let t0 = s0.wrapping_mul(1_099_087_573);
        let t1 = s1.wrapping_mul(2_591_861_531);
        let v = [
            123_456_789_u32.wrapping_add(t0),
            362_436_069 ^ t0,
            521_288_629_u32.wrapping_add(t1),
            88_675_123 ^ t1,
            5_783_321_u32.wrapping_add(t0),
        ];
        let d = 6_615_241_u32.wrapping_add(t1).wrapping_add(t0);
        Self { v: skip_subsequences(v, subsequence), d }
    }

    fn next(&mut self) -> u32 {
        self.v = step(self.v);
        self.d = self.d.wrapping_add(362_437);
        self.v[4].wrapping_add(self.d)
    }
}

impl Uniform for Xorwow {
    fn uniform(&mut self) -> f32 {
        self.next() as f32 * 2.328_306_4e-10 + 1.164_153_2e-10
    }
}

fn step([v0, v1, v2, v3, v4]: [u32; 5]) -> [u32; 5] {
    let t = v0 ^ (v0 >> 2);
    [v1, v2, v3, v4, (v4 ^ (v4 << 4)) ^ (t ^ (t << 1))]
}

fn apply(matrix: &Matrix, v: [u32; 5]) -> [u32; 5] {
    let mut out = [0; 5];
    for (bit, row) in matrix.iter().enumerate() {
        if v[bit / 32] >> (bit % 32) & 1 == 1 {
            for (o, r) in out.iter_mut().zip(row) {
                *o ^= r;
            }
        }
    }
    out
}

/// `first`, then `second`.
fn after(first: &Matrix, second: &Matrix) -> Matrix {
    first.iter().map(|&row| apply(second, row)).collect()
}

/// The state 2^67 * `n` steps on.
fn skip_subsequences(mut v: [u32; 5], mut n: u64) -> [u32; 5] {
    let unit = |bit: usize| {
        let mut v = [0; 5];
        v[bit / 32] = 1 << (bit % 32);
        v
    };
    let mut power: Matrix = (0..160).map(|bit| step(unit(bit))).collect();
    for _ in 0..67 {
        power = after(&power, &power);
    }
    while n > 0 {
        if n & 1 == 1 {
            v = apply(&power, v);
        }
        power = after(&power, &power);
        n >>= 1;
    }
    v
}

/// The recorded uniforms: photon index and its first 16.
// The digits are those of the record.
#[allow(clippy::excessive_precision)]
const TABLE: [(u64, [f32; 16]); 4] = [
    (
        0,
        [
            0.7402193546,
            0.4384511411,
            0.5170126557,
            0.1569886208,
            0.0713675097,
            0.4625083804,
            0.2276432663,
            0.3293584883,
            0.1440653056,
            0.1877991110,
            0.9153834581,
            0.5401248336,
            0.9746608734,
            0.5474692583,
            0.6531602740,
            0.2302378118,
        ],
    ),
    (
        1,
        [
            0.9209938049,
            0.4603644311,
            0.3334640563,
            0.3725204170,
            0.4896024764,
            0.5672709346,
            0.0799058080,
            0.2333681583,
            0.5093778372,
            0.0889785364,
            0.0067097610,
            0.9542270899,
            0.5467113256,
            0.8245469332,
            0.5270628929,
            0.9301316142,
        ],
    ),
    (
        2,
        [
            0.03902049, 0.25021473, 0.18448432, 0.96242225, 0.5205546, 0.93996495, 0.83057821, 0.40973285,
            0.08162197, 0.80677092, 0.69528568, 0.61770737, 0.25633496, 0.21368156, 0.34242383, 0.22407883,
        ],
    ),
    (
        99_999,
        [
            0.9140115380,
            0.4403249323,
            0.9478355646,
            0.0900180787,
            0.9587481022,
            0.9879503846,
            0.2274523973,
            0.0438494608,
            0.7774492502,
            0.5030837059,
            0.3050957322,
            0.1865014136,
            0.3225504756,
            0.7395612597,
            0.6332361102,
            0.6526388526,
        ],
    ),
];

#[test]
fn the_recorded_table_bit_for_bit() {
    for (photon, numbers) in TABLE {
        let mut rng = Xorwow::new(0, photon);
        for (draw, want) in numbers.into_iter().enumerate() {
            let got = rng.uniform();
            assert_eq!(got.to_bits(), want.to_bits(), "photon {photon} draw {draw}: {got} is not {want}");
        }
    }
}

#[allow(clippy::excessive_precision)]
#[test]
fn one_number_further() {
    let mut rng = Xorwow::new(0, 0);
    let numbers: Vec<f32> = (0..20).map(|_| rng.uniform()).collect();
    assert_eq!(numbers[16..], [0.33885619, 0.76138884, 0.54568148, 0.9702965]);
}
