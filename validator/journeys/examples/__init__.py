"""Examples and case files: small snapshots with what the policies must say of them, run and measured."""
