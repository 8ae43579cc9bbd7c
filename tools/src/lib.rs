//! What people run: the g4opticks command.
