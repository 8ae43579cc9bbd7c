//! The process: memory figures, executable name, time stamps, the profile and its fit, log levels by class name.
