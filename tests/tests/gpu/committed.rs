//! The committed PTX belongs to the sources, and holds nothing that would give other bits on a GPU.

use tools::ptx::{ADVICE, Header, Limits, MODULES, digest, problems};

use super::device::module_of;
use crate::workspace::root;

#[test]
fn it_was_made_of_these_sources() {
    for module in &MODULES {
        let header = Header::read(module, &module.read(root()).unwrap()).unwrap();
        let now = digest(root(), &header.compiler).unwrap();
        assert!(header.digest == now, "{} was made of other sources; {ADVICE}", module.path());
    }
}

#[test]
fn every_operation_is_exact_and_nothing_comes_from_outside() {
    for module in &MODULES {
        let found = problems(&module.read(root()).unwrap());
        assert!(found.is_empty(), "{}: {}", module.path(), found.join("\n"));
        let program = module_of(module.kernels[0]);
        let inexact: Vec<_> = program.opcodes().iter().filter(|o| o.approx || o.contractible).collect();
        assert!(inexact.is_empty(), "{}: {inexact:?}", module.path());
    }
}

#[test]
fn the_kernels_are_there_and_have_bounds() {
    for module in &MODULES {
        let program = module_of(module.kernels[0]);
        let mut found: Vec<String> = program.kernels().iter().map(|kernel| kernel.name.clone()).collect();
        found.sort();
        let mut wanted = module.kernels.to_vec();
        wanted.sort_unstable();
        assert_eq!(found, wanted);
        assert!(program.kernels().iter().all(|kernel| kernel.param_bytes == 8));
    }
    Limits::read(root()).unwrap();
}
