//! Command line: lists the kernels of a PTX file, or runs one.

use ptxrun::{Args, DevPtr, Device, LaunchConfig, Module};
use std::fs;
use std::process::ExitCode;

const USAGE: &str = "\
usage: ptxrun FILE.ptx --list
       ptxrun FILE.ptx KERNEL --grid N[,N[,N]] --block N[,N[,N]] [--arg ARG]... [OPTION]...

arguments of the kernel, in order:
  u8:V u16:V u32:V u64:V i32:V i64:V f32:V f64:V   a number (f32:0x... and f64:0x... give bits)
  bytes:FILE              an aggregate passed by value
  buf:IN                  a buffer with the bytes of a file
  inout:IN:OUT            the same, written to OUT after the run
  outbuf:BYTES:OUT        a buffer of zeros, written to OUT after the run
  zeros:BYTES             a buffer of zeros

options:
  --threads N     host threads (default: all cores)
  --seq           one host thread: blocks and threads in order, deterministic
  --budget N      PTX instructions per thread (default 2^32)
  --shared N      dynamic shared memory in bytes
  --uninit        fault on reads of uninitialised memory
  --stats         print what was executed
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.is_empty() || args.iter().any(|a| a == "--help" || a == "-h") {
        print(USAGE);
        return ExitCode::SUCCESS;
    }
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("ptxrun: {e}");
            ExitCode::FAILURE
        }
    }
}

/// What to do with a buffer after the run.
struct Output {
    ptr: DevPtr,
    path: String,
}

fn run(args: &[String]) -> Result<(), String> {
    let file = &args[0];
    let text = fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let module = Module::parse(&text).map_err(|e| format!("{file}: {e}"))?;
    let mut cfg = LaunchConfig::linear(1, 1);
    let (mut kernel, mut specs, mut list, mut stats) = (None, vec![], false, false);
    let mut it = args[1..].iter();
    while let Some(a) = it.next() {
        let mut value = || it.next().cloned().ok_or(format!("{a} needs a value"));
        match a.as_str() {
            "--list" => list = true,
            "--stats" => stats = true,
            "--seq" => cfg.workers = 1,
            "--uninit" => cfg.detect_uninit = true,
            "--grid" => cfg.grid = dims(&value()?)?,
            "--block" => cfg.block = dims(&value()?)?,
            "--threads" => cfg.workers = num(&value()?)?,
            "--budget" => cfg.budget = num(&value()?)?,
            "--shared" => cfg.dynamic_shared = num(&value()?)?,
            "--arg" => specs.push(value()?),
            _ if a.starts_with("--") => return Err(format!("unknown option {a}")),
            _ if kernel.is_none() => kernel = Some(a.clone()),
            _ => return Err(format!("unexpected argument {a}")),
        }
    }
    if list {
        print(&list_text(&module));
        return Ok(());
    }
    let Some(kernel) = kernel else { return Err("no kernel named".into()) };
    let mut device = Device::new(&module);
    let mut block = Args::new();
    let mut outputs = Vec::new();
    for spec in &specs {
        block = add_arg(block, spec, &mut device, &mut outputs).map_err(|e| format!("{spec}: {e}"))?;
    }
    let result = device.launch(&kernel, &cfg, &block.bytes()).map_err(|e| e.to_string())?;
    for o in &outputs {
        let data = device.download(o.ptr).map_err(|e| e.to_string())?;
        fs::write(&o.path, data).map_err(|e| format!("{}: {e}", o.path))?;
    }
    if stats {
        print(&result.to_string());
    } else if !result.bit_reproducible() {
        eprintln!(
            "ptxrun: warning: {} approximate and {} contractible instructions were executed; \
             a GPU may give other bits",
            result.approx(),
            result.contractible()
        );
    }
    Ok(())
}

/// Prints, not minding a closed pipe.
fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn list_text(module: &Module) -> String {
    let (version, target) = module.version_and_target();
    let mut s = format!("PTX {version}, {target}, {} bytes of shared memory\n", module.shared_bytes());
    for k in module.kernels() {
        let (args, local) = (k.param_bytes, k.local_bytes);
        s += &format!("{}: {args} bytes of arguments, {local} of local memory\n", k.name);
        for p in &k.params {
            s += &format!(
                "  offset {:>4}  size {:>4}  align {:>2}  {:?}  {}\n",
                p.offset, p.size, p.align, p.ty, p.name
            );
        }
    }
    for o in module.opcodes().iter().filter(|o| o.approx || o.contractible) {
        let why = if o.approx { "approximate on the device" } else { "may be contracted" };
        s += &format!("not bit-reproducible: {} ({why})\n", o.name);
    }
    s
}

fn num<T: std::str::FromStr>(s: &str) -> Result<T, String> {
    s.parse().map_err(|_| format!("bad number {s}"))
}

fn dims(s: &str) -> Result<[u32; 3], String> {
    let mut out = [1; 3];
    for (k, part) in s.split(',').enumerate() {
        *out.get_mut(k).ok_or("more than three dimensions")? = num(part)?;
    }
    Ok(out)
}

fn add_arg(args: Args, spec: &str, dev: &mut Device<'_>, outs: &mut Vec<Output>) -> Result<Args, String> {
    let (kind, rest) = spec.split_once(':').ok_or("expected KIND:VALUE")?;
    let read = |p: &str| fs::read(p).map_err(|e| e.to_string());
    let hex = rest.strip_prefix("0x");
    let bad = |_| format!("bad number {rest}");
    Ok(match kind {
        "u8" => args.u8(num(rest)?),
        "u16" => args.u16(num(rest)?),
        "u32" => args.u32(num(rest)?),
        "u64" => args.u64(num(rest)?),
        "i32" => args.i32(num(rest)?),
        "i64" => args.i64(num(rest)?),
        "f32" => args.f32(match hex {
            Some(h) => f32::from_bits(u32::from_str_radix(h, 16).map_err(bad)?),
            None => num(rest)?,
        }),
        "f64" => args.f64(match hex {
            Some(h) => f64::from_bits(u64::from_str_radix(h, 16).map_err(bad)?),
            None => num(rest)?,
        }),
        "bytes" => args.raw(&read(rest)?, 8),
        "zeros" => args.ptr(dev.alloc_zeroed(num(rest)?)),
        "buf" => args.ptr(dev.upload(&read(rest)?)),
        "inout" => {
            let (input, path) = rest.split_once(':').ok_or("expected inout:IN:OUT")?;
            let ptr = dev.upload(&read(input)?);
            outs.push(Output { ptr, path: path.into() });
            args.ptr(ptr)
        }
        "outbuf" => {
            let (bytes, path) = rest.split_once(':').ok_or("expected outbuf:BYTES:OUT")?;
            let ptr = dev.alloc_zeroed(num(bytes)?);
            outs.push(Output { ptr, path: path.into() });
            args.ptr(ptr)
        }
        _ => return Err("unknown kind of argument".into()),
    })
}
