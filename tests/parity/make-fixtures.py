"""The fixtures of depthwise and separable convolutions, group and layer normalization: what they must compute, as PyTorch computes it in float64.

Tensors are written as float32 in this project's layouts: pictures NHWC, depthwise kernels [R,S,C,D], others [R,S,C,K].

    python3 tests/parity/make-fixtures.py tests/parity/fixtures    (torch and numpy; made with torch 1.13)

depthwise-*  x [N,H,W,C], kernel [R,S,C,D], bias [C*D], y, dy, dx, dkernel, dbias: F.conv2d with groups=C
separable-*  x, depthwise_kernel [R,S,C,D], pointwise_kernel [1,1,C*D,K], bias [K], y, dy, dx, ddepthwise_kernel, dpointwise_kernel, dbias
groupnorm-*  x, gamma [C], beta [C], y, dy, dx, dgamma, dbeta: F.group_norm
layernorm-*  the same with gamma and beta of the last `axes` axes: F.layer_norm
"""
import json, struct, sys
import numpy as np, torch, torch.nn.functional as F
torch.set_num_threads(1)
OUT = sys.argv[1]
rng = np.random.default_rng(7)

def save(name, meta, **tensors):
    header, blobs, at = {"__metadata__": {"case": json.dumps(meta)}}, [], 0
    for key, t in tensors.items():
        a = np.ascontiguousarray(t.detach().numpy(), dtype="<f4")
        header[key] = {"dtype": "F32", "shape": list(a.shape), "data_offsets": [at, at + a.nbytes]}
        blobs.append(a.tobytes()); at += a.nbytes
    text = json.dumps(header).encode(); text += b" " * (-len(text) % 8)
    with open(f"{OUT}/{name}.safetensors", "wb") as f:
        f.write(struct.pack("<Q", len(text))); f.write(text); [f.write(b) for b in blobs]

def f32(*shape, scale=1.0, centre=0.0):
    return torch.from_numpy((rng.standard_normal(shape) * scale + centre).astype(np.float32).astype(np.float64)).requires_grad_()

def same_pad(size, k, s, d):
    total = max((-(-size // s) - 1) * s + d * (k - 1) + 1 - size, 0)
    return total // 2, total - total // 2

def pad(x, k, s, d, padding):
    if padding == "valid": return x
    (t, b), (l, r) = same_pad(x.shape[1], k[0], s[0], d[0]), same_pad(x.shape[2], k[1], s[1], d[1])
    return F.pad(x, (0, 0, l, r, t, b))

def depthwise(x, w, b, s, d, padding):  # w [R,S,C,D] -> torch's [C*D, 1, R, S]: filter c*D+d over group c
    R, S, C, D = w.shape
    kernel = w.permute(2, 3, 0, 1).reshape(C * D, 1, R, S)
    y = F.conv2d(pad(x, (R, S), s, d, padding).permute(0, 3, 1, 2), kernel, b, stride=s, dilation=d, groups=C)
    return y.permute(0, 2, 3, 1)

CASES = [  # n, h, w, C, D, kernel, strides, dilation, padding
    (2, 6, 7, 5, 1, (3, 3), (1, 1), (1, 1), "same"), (2, 9, 8, 3, 2, (5, 3), (2, 2), (1, 1), "valid"),
    (1, 8, 9, 6, 1, (3, 3), (2, 2), (1, 1), "same"), (1, 7, 8, 4, 3, (3, 2), (1, 1), (2, 2), "same")]
for n, h, w, C, D, k, s, d, padding in CASES:
    x, kernel, b = f32(n, h, w, C), f32(*k, C, D, scale=(k[0] * k[1]) ** -.5), f32(C * D)
    y = depthwise(x, kernel, b, s, d, padding); dy = f32(*y.shape).detach()
    dx, dk, db = torch.autograd.grad(y, (x, kernel, b), dy)
    dilated = f"-d{d[0]}x{d[1]}" if max(d) > 1 else ""
    save(f"depthwise-{h}x{w}x{C}-{D}-k{k[0]}x{k[1]}-s{s[0]}x{s[1]}{dilated}-{padding}", {"strides": s, "dilation": d, "padding": padding},
         x=x, kernel=kernel, bias=b, y=y, dy=dy, dx=dx, dkernel=dk, dbias=db)
n, h, w, C, D, K, k, s, d, padding = 2, 7, 6, 3, 2, 5, (3, 3), (1, 1), (1, 1), "same"
x, dw, pw, b = f32(n, h, w, C), f32(*k, C, D, scale=1 / 3), f32(1, 1, C * D, K, scale=(C * D) ** -.5), f32(K)
y = F.conv2d(depthwise(x, dw, None, s, d, padding).permute(0, 3, 1, 2), pw.permute(3, 2, 0, 1), b).permute(0, 2, 3, 1)
dy = f32(*y.shape).detach(); dx, ddw, dpw, db = torch.autograd.grad(y, (x, dw, pw, b), dy)
save(f"separable-{h}x{w}x{C}-{D}-{K}-k3x3-s1x1-same", {"strides": s, "dilation": d, "padding": padding}, x=x, depthwise_kernel=dw, pointwise_kernel=pw, bias=b,
     y=y, dy=dy, dx=dx, ddepthwise_kernel=ddw, dpointwise_kernel=dpw, dbias=db)

rng = np.random.default_rng(7)

def normal_case(name, meta, x, gamma, beta, y):
    dy = f32(*y.shape).detach()
    dx, dgamma, dbeta = torch.autograd.grad(y, (x, gamma, beta), dy)
    save(name, meta, x=x, gamma=gamma, beta=beta, y=y, dy=dy, dx=dx, dgamma=dgamma, dbeta=dbeta)

for n, h, w, c, groups in [(2, 4, 5, 12, 4), (2, 6, 3, 10, 5), (3, 3, 3, 6, 6), (2, 3, 5, 33, 3), (2, 4, 4, 3, 1)]:
    x, g, b = f32(n, h, w, c, scale=3, centre=1), f32(c), f32(c)
    y = F.group_norm(x.permute(0, 3, 1, 2), groups, g, b, 1e-3).permute(0, 2, 3, 1)
    normal_case(f"groupnorm-{h}x{w}x{c}-g{groups}", {"groups": groups, "epsilon": 1e-3}, x, g, b, y)
for shape, axes in [((9, 33), 1), ((2, 3, 4, 7), 1), ((3, 4, 3, 5), 3)]:
    own = shape[-axes:]
    x, g, b = f32(*shape, scale=3, centre=1), f32(*own), f32(*own)
    y = F.layer_norm(x, own, g, b, 1e-3)
    normal_case(f"layernorm-{'x'.join(map(str, shape[1:]))}-a{axes}", {"axes": axes, "epsilon": 1e-3}, x, g, b, y)
