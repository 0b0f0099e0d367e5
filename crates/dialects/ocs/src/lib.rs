//! See the package description.

#[cfg_attr(
    not(test),
    expect(
        dead_code,
        unused_imports,
        reason = "the resources that answer with it come next"
    )
)]
mod wire;
