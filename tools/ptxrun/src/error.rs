//! Error types: text problems found by the parser, and faults of running threads.

/// A problem in the PTX text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {msg}")]
pub struct ParseError {
    /// Line in the PTX text, from 1.
    pub line: u32,
    /// What is wrong.
    pub msg: String,
}

/// Shorthand used by the parser and the lowering pass.
pub(crate) type PResult<T> = Result<T, ParseError>;

/// Builds a [`ParseError`] result.
pub(crate) fn perr<T>(line: u32, msg: impl Into<String>) -> PResult<T> {
    Err(ParseError { line, msg: msg.into() })
}

/// What stopped a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Access outside every buffer, or outside the buffer the address points near.
    OutOfBounds,
    /// Address not a multiple of the access size.
    Misaligned,
    /// Store to `.const` memory.
    ReadOnly,
    /// Read of bytes that nothing wrote (only with uninitialised-read detection).
    Uninitialised,
    /// An address of another state space than the instruction names.
    WrongSpace,
    /// Integer division or remainder by zero (unspecified result on the device).
    DivideByZero,
    /// `trap` was executed.
    Trap,
    /// The per-thread instruction budget is used up.
    Budget,
    /// Call of a function the module only declares.
    UndefinedFunction,
    /// Call through a register that does not hold a function address.
    BadCall,
    /// Local memory limit exceeded.
    StackOverflow,
    /// `brx.idx` index outside its target list.
    BadBranchIndex,
    /// Threads of a block wait for each other for ever.
    Deadlock,
}

/// A fault of one thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Kind, for programs.
    pub kind: FaultKind,
    /// Line in the PTX text.
    pub line: u32,
    /// Faulting address, where there is one.
    pub addr: Option<u64>,
    /// Details, for people.
    pub detail: String,
}

/// Why a device does not do what it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LaunchError {
    /// The request does not fit the kernel (name, argument size, block size, ...).
    #[error("cannot launch: {0}")]
    Invalid(String),
    /// A thread faulted.
    #[error(
        "{kernel}: block ({},{},{}) thread ({},{},{}), line {}: {}",
        block[0], block[1], block[2], thread[0], thread[1], thread[2], fault.line, fault.detail
    )]
    Fault {
        /// Kernel name.
        kernel: String,
        /// `%ctaid` of the thread.
        block: [u32; 3],
        /// `%tid` of the thread.
        thread: [u32; 3],
        /// The fault.
        fault: Fault,
    },
    /// An address that no buffer starts at.
    #[error("{address:#x} is not the start of a device buffer; pass what upload or alloc returned")]
    NoBuffer {
        /// The address.
        address: u64,
    },
    /// A write beyond a buffer.
    #[error("{bytes} bytes at offset {offset} do not fit in the buffer of {len} bytes at {address:#x}")]
    OutsideBuffer {
        /// Start of the buffer.
        address: u64,
        /// Where the write starts.
        offset: usize,
        /// How much was to be written.
        bytes: usize,
        /// How long the buffer is.
        len: usize,
    },
}
