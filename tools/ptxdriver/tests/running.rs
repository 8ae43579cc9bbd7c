//! Kernels run and give what a GPU gives.

use cudarc::driver::{CudaContext, PushKernelArg};
use ptxdriver::Machine;

use crate::kernels::{add, linear, load, vectors};

#[test]
fn vectors_are_added() {
    Machine::new().run("running::vectors_are_added", || {
        let context = CudaContext::new(0).unwrap();
        let [a, b, sum] = vectors(1000);
        let kernel = load(&context, "add").unwrap();
        assert_eq!(add(&context.default_stream(), &kernel, &a, &b).unwrap(), sum);
        assert_eq!(add(&context.new_stream().unwrap(), &kernel, &a, &b).unwrap(), sum);
    });
}

#[test]
fn two_devices_have_their_own_memory() {
    Machine::new().set("DEVICES", "2").run("running::two_devices_have_their_own_memory", || {
        assert_eq!(CudaContext::device_count().unwrap(), 2);
        let contexts = [0, 1].map(|ordinal| CudaContext::new(ordinal).unwrap());
        assert_ne!(contexts[0].uuid().unwrap().bytes, contexts[1].uuid().unwrap().bytes);
        let [a, b, sum] = vectors(300);
        let streams = contexts.each_ref().map(|context| context.new_stream().unwrap());
        let kernels = contexts.each_ref().map(|context| load(context, "add").unwrap());
        for (stream, kernel) in streams.iter().zip(&kernels) {
            assert_eq!(add(stream, kernel, &a, &b).unwrap(), sum);
        }
        let here = streams[0].clone_htod(&a).unwrap();
        assert_eq!(contexts[0].mem_get_info().unwrap().0 + 1536, contexts[1].mem_get_info().unwrap().0);
        let there = streams[1].clone_dtod(&here).unwrap();
        drop(here);
        assert_eq!(streams[1].clone_dtoh(&there).unwrap(), a);
    });
}

#[test]
fn two_devices_work_from_two_threads() {
    Machine::new().set("DEVICES", "2").run("running::two_devices_work_from_two_threads", || {
        let [a, b, sum] = vectors(500);
        std::thread::scope(|scope| {
            for ordinal in [0, 1] {
                let (a, b, sum) = (&a, &b, &sum);
                scope.spawn(move || {
                    let context = CudaContext::new(ordinal).unwrap();
                    let kernel = load(&context, "add").unwrap();
                    for _ in 0..20 {
                        assert_eq!(&add(&context.default_stream(), &kernel, a, b).unwrap(), sum);
                    }
                });
            }
        });
    });
}

#[test]
fn atomics_hand_out_each_number_once() {
    for workers in ["0", "1"] {
        let machine = Machine::new().set("WORKERS", workers);
        machine.run("running::atomics_hand_out_each_number_once", || {
            let context = CudaContext::new(0).unwrap();
            let stream = context.default_stream();
            let kernel = load(&context, "number").unwrap();
            let mut counter = stream.alloc_zeros::<u32>(1).unwrap();
            let mut numbers = stream.alloc_zeros::<u32>(4096).unwrap();
            let mut builder = stream.launch_builder(&kernel);
            builder.arg(&mut counter).arg(&mut numbers);
            // SAFETY: 4096 threads have a place each.
            unsafe { builder.launch(linear(32, 128)) }.unwrap();
            assert_eq!(stream.clone_dtoh(&counter).unwrap(), [4096]);
            let mut numbers = stream.clone_dtoh(&numbers).unwrap();
            if std::env::var("PTXDRIVER_WORKERS").is_ok_and(|n| n == "0") {
                numbers.sort_unstable();
            }
            assert_eq!(numbers, (0..4096).collect::<Vec<u32>>());
        });
    }
}

#[test]
fn modules_have_their_variables() {
    Machine::new().run("running::modules_have_their_variables", || {
        let context = CudaContext::new(0).unwrap();
        let stream = context.default_stream();
        let [a, b, _] = vectors(100);
        let modules = [0, 1]
            .map(|_| context.load_module(cudarc::nvrtc::Ptx::from_src(crate::kernels::text())).unwrap());
        let kernels = modules.each_ref().map(|module| module.load_function("add").unwrap());
        for kernel in [&kernels[0], &kernels[1], &kernels[0]] {
            add(&stream, kernel, &a, &b).unwrap();
        }
        let calls = modules.each_ref().map(|module| {
            let word = module.get_global("calls", &stream).unwrap();
            stream.clone_dtoh(&word).unwrap()
        });
        assert_eq!(calls.each_ref().map(|bytes| bytes[0]), [200, 100]);
        assert!(modules[0].get_global("others", &stream).is_err());
        assert!(modules[0].load_function("subtract").is_err());
    });
}
