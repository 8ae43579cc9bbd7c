//! Shows that growing an array by exactly what each addition needs does not leak.
//!
//! 100 mock events of 1000 additions of a 24-float item, storage freed after each.
#![allow(non_snake_case)]

use sysrap::{SProc, sig6};

/// Array of items of fixed shape, without spare capacity.
struct ExactArray {
    values: Vec<f32>,
    item_dims: [usize; 4],
}

impl ExactArray {
    fn add(&mut self, item: &[f32]) {
        self.values.reserve_exact(item.len());
        self.values.extend_from_slice(item);
    }

    fn reset(&mut self) {
        self.values = Vec::new();
    }

    fn describe(&self) -> String {
        let [nj, nk, nl, nm] = self.item_dims;
        format!(" shape ({},{nj},{nk},{nl},{nm})", self.values.len() / (nj * nk * nl * nm))
    }
}

fn main() {
    let item: Vec<f32> = (0..24u8).map(f32::from).collect();
    let mut array = ExactArray { values: Vec::new(), item_dims: [6, 4, 1, 1] };
    let vm0 = SProc::virtual_memory_usage_mb();
    for event in 0..100 {
        for _step in 0..1000 {
            array.add(&item);
        }
        println!("{event:>4} : {}", array.describe());
        array.reset();
    }
    let vm1 = SProc::virtual_memory_usage_mb();
    println!(" vm0 {} vm1 {} dv {}", sig6(vm0), sig6(vm1), sig6(vm1 - vm0));
}
