//! `--engine`, `--batch` and `selftest`; the GPU is a stand-in for NVIDIA's driver.

use std::fs;
use std::process::Command;

use ptxdriver::Machine;
use serde_json::Value;

use super::{files_below, message_of, run_ok, text};
use crate::command::{Answer, g4opticks};

/// Runs `g4opticks ARGS` where the driver library is the stand-in.
fn on_stand_in(machine: &Machine, args: &[&str]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    machine.prepare(&mut command).unwrap();
    Answer::of(command.args(args))
}

const TORCH: [&str; 5] = ["run", "--torch", "photons=300", "--events", "5"];

#[test]
fn events_together_and_on_a_gpu_give_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let into = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let [alone, together, gpu] = ["alone", "together", "gpu"].map(into);
    let extra = ["--way", "--save", "hits,photons,records,gensteps"];
    run_ok(&[&TORCH[1..], &extra, &["--out", &alone]].concat());
    run_ok(&[&TORCH[1..], &extra, &["--out", &together, "--batch", "3"]].concat());
    let on_gpu = ["--out", &gpu, "--batch", "3", "--engine", "cuda"];
    let answer = on_stand_in(&Machine::new(), &[&TORCH[..], &extra, &on_gpu].concat());
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let arrays: Vec<String> = files_below(alone.as_ref())
        .into_iter()
        .filter(|f| f.ends_with(".npy") && f.contains("event"))
        .collect();
    assert_eq!(arrays.len(), 25);
    for name in &arrays {
        let bytes = |run: &str| fs::read(std::path::Path::new(run).join(name)).unwrap();
        assert!(bytes(&alone) == bytes(&together), "{name} of events together");
        assert!(bytes(&alone) == bytes(&gpu), "{name} of the GPU");
    }
    let report: Value = serde_json::from_slice(&fs::read(format!("{gpu}/run.json")).unwrap()).unwrap();
    assert_eq!((&report["engine"], &report["photons"]), (&"cuda".into(), &1500.into()));
    let gpu = &report["gpu"];
    assert!(gpu["launches"].as_u64() >= Some(2) && gpu["kernel_seconds"].is_f64(), "{gpu}");
    assert!(gpu["copy_seconds"].is_f64() && gpu["driver"].is_string(), "{gpu}");
    assert!(gpu["devices"][0]["memory_peak_bytes"].as_u64() > Some(0), "{gpu}");
    // The cube is simple; what is asked for is more than hits.
    let kernels: Vec<_> = gpu["devices"][0]["kernels"].as_array().unwrap().iter().collect();
    assert!(kernels.iter().any(|k| k["name"] == "propagate_recorded_simple"), "{gpu}");
    assert!(kernels.iter().all(|k| k["load_seconds"].is_f64() && k["name"] != "propagate_recorded"), "{gpu}");
    assert!(gpu["devices"][0]["name"].as_str().unwrap().starts_with("GPU 0"), "{gpu}");
}

#[test]
fn without_a_gpu_cuda_is_an_error_and_auto_is_the_cpu() {
    let none = Machine::new().set("DEVICES", "0");
    let cuda = on_stand_in(&none, &[&TORCH[..], &["--engine", "cuda"]].concat());
    assert_eq!(cuda.code, Some(1));
    assert!(cuda.stderr.contains("--engine cpu"), "{}", cuda.stderr);
    let auto = on_stand_in(&none, &[&TORCH[..], &["--engine", "auto"]].concat());
    assert_eq!(auto.code, Some(0), "{}", auto.stderr);
    assert!(auto.stdout.contains("engine cpu"), "{}", auto.stdout);
    assert_eq!(auto.stdout.matches("on the CPU").count(), 1, "said once: {}", auto.stdout);
}

/// A box of a wavelength shifter that emits a Poisson number of photons.
const MULTIPLIES: &str = r#"<gdml>
  <define>
    <matrix name="N" coldim="2" values="1.5e-6 1.5 5e-6 1.5"/>
    <matrix name="L" coldim="2" values="2.5e-6 10 5e-6 10"/>
    <matrix name="E" coldim="2" values="2.0e-6 1 2.4e-6 1"/>
    <matrix name="T" coldim="1" values="1"/>
    <matrix name="M" coldim="1" values="1.5"/>
  </define>
  <materials>
    <material name="Shifter" Z="6"><property name="RINDEX" ref="N"/><property name="WLSABSLENGTH" ref="L"/>
      <property name="WLSCOMPONENT" ref="E"/><property name="WLSTIMECONSTANT" ref="T"/>
      <property name="WLSMEANNUMBERPHOTONS" ref="M"/><D value="1"/><atom value="12.01"/></material>
  </materials>
  <solids><box name="b" x="1000" y="1000" z="1000"/></solids>
  <structure><volume name="World"><materialref ref="Shifter"/><solidref ref="b"/></volume></structure>
  <setup name="Default" version="1.0"><world ref="World"/></setup>
</gdml>"#;

#[test]
fn auto_takes_the_cpu_where_photons_multiply() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = folder.path().join("shifter.gdml");
    fs::write(&gdml, MULTIPLIES).unwrap();
    let args = |engine| ["run", text(&gdml), "--torch", "photons=300_wavelength=400", "--engine", engine];
    let auto = on_stand_in(&Machine::new(), &args("auto"));
    assert_eq!(auto.code, Some(0), "{}", auto.stderr);
    assert!(auto.stdout.contains("engine cpu"), "{}", auto.stdout);
    assert_eq!(auto.stdout.matches("WLSMEANNUMBERPHOTONS").count(), 1, "said once: {}", auto.stdout);
    let cuda = on_stand_in(&Machine::new(), &args("cuda"));
    assert_eq!(cuda.code, Some(1), "{}", cuda.stdout);
    assert!(cuda.stderr.contains("Shifter") && cuda.stderr.contains("--engine cpu"), "{}", cuda.stderr);
}

/// A file of the driver's name that is another library: in containers, and beside CUDA toolkits.
#[cfg(target_os = "linux")]
#[test]
fn a_library_that_is_no_driver_is_told() {
    let folders = ["/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib"];
    let other = folders.map(|folder| std::path::Path::new(folder).join("libm.so.6"));
    let Some(other) = other.iter().find(|path| path.exists()) else {
        println!("skipped: no libm.so.6 to pass for a driver");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for name in ["libcuda.so", "libcuda.so.1"] {
        std::os::unix::fs::symlink(other, folder.path().join(name)).unwrap();
    }
    for (engine, code) in [("cuda", 1), ("auto", 0)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
        command.env("LD_LIBRARY_PATH", folder.path());
        let answer = Answer::of(command.args([&TORCH[..], &["--engine", engine]].concat()));
        assert_eq!(answer.code, Some(code), "{}", answer.stderr);
        let told = answer.stderr + &answer.stdout;
        assert!(told.contains("has no function cuInit") && told.contains("--engine cpu"), "{told}");
    }
}

#[test]
fn faults_of_a_gpu_are_told_and_leave_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = text(folder.path());
    let args = [&TORCH[..], &["--engine", "cuda", "--out", out]].concat();
    for (machine, wanted) in [
        (Machine::new().set("FAIL_LAUNCH", "1:timeout"), "took longer"),
        (Machine::new().set("COMPUTE_CAPABILITY", "7.0"), "compute capability 7.0"),
        (Machine::new().set("DRIVER_VERSION", "10020"), "driver"),
    ] {
        let answer = on_stand_in(&machine, &args);
        assert_eq!(answer.code, Some(1), "{wanted}: {}", answer.stdout);
        assert!(answer.stderr.starts_with("error: ") && answer.stderr.contains(wanted), "{}", answer.stderr);
        assert!(!answer.stderr.contains("panicked"), "{}", answer.stderr);
        let left: Vec<String> =
            files_below(folder.path()).into_iter().filter(|f| f.ends_with(".npy")).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn selftest_compares_every_bit() {
    let cpu = g4opticks(["selftest", "--engine", "cpu", "--threads", "2", "--photons", "3000"]);
    let args = ["selftest", "--engine", "cuda", "--photons", "200"];
    let gpu = on_stand_in(&Machine::new(), &args);
    for answer in [cpu, gpu] {
        assert_eq!(answer.code, Some(0), "{} {}", answer.stdout, answer.stderr);
        assert_eq!(answer.stdout.matches("the same bits").count(), 7, "{}", answer.stdout);
        assert!(answer.stdout.ends_with("=== selftest : PASSED : rc 0\n"), "{}", answer.stdout);
    }
}

#[test]
fn a_size_needs_a_unit_and_an_engine_a_name() {
    for (option, value) in
        [("--device-memory", "8"), ("--engine", "gpu"), ("--gpu", "first"), ("--batch", "0")]
    {
        let answer = g4opticks([&TORCH[..], &[option, value]].concat());
        assert_eq!(answer.code, Some(2), "{option}");
        assert!(answer.stderr.contains(option), "{}", answer.stderr);
    }
    let message = message_of(&[&TORCH[1..], &["--batch", "2", "--hitmask", "XX"]].concat());
    assert!(message.contains("XX"), "{message}");
}
