"""PyTorch, asked as the other systems are: python3 pytorch.py plain|tuned THREADS"""

import json
import platform
import resource
import sys
import time

import torch
from torch import nn

tuned = sys.argv[1] == "tuned"
torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(1)
layout = torch.channels_last if tuned else torch.contiguous_format


def tutorial():
    layers, channels = [], 3
    for index, filters in enumerate((64, 64, 32, 32, 16, 16)):
        layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(inplace=True)]
        if index in (1, 3):
            layers.append(nn.MaxPool2d(2))
        channels = filters
    layers += [nn.Flatten(), nn.Linear(1024, 512), nn.ReLU(inplace=True)]
    layers += [nn.Linear(512, 64), nn.ReLU(inplace=True), nn.Linear(64, 10)]
    return nn.Sequential(*layers)


def pictures(batch):
    return torch.rand(batch, 3, 32, 32) - 0.5


def trainer(batch):
    model = tutorial().train().to(memory_format=layout)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.001, momentum=0.5)
    x = pictures(batch).to(memory_format=layout)
    y = torch.tensor([(7 * picture + 3) % 10 for picture in range(batch)])

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def predictor(batch):
    model = nn.Sequential(tutorial(), nn.Softmax(1)).eval()
    x = pictures(batch)
    if tuned:
        with torch.no_grad():
            model = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, x)))

    def step():
        with torch.inference_mode():
            model(x).numpy()

    return step


def measure(batch, step, lead, seconds):
    start, steps = time.perf_counter(), 0
    while True:
        loss = step()
        now = time.perf_counter()
        steps += 1
        if steps == lead:
            start = now
        if steps > lead and now - start >= seconds:
            return {"images": (steps - lead) * batch, "seconds": now - start, "loss": loss}


def tell(message):
    print(json.dumps(message), flush=True)


tell({
    "type": "hello",
    "version": torch.__version__,
    "runtime": "Python " + platform.python_version(),
    "params": sum(weight.numel() for weight in tutorial().parameters()),
})
prepared = {}
for line in sys.stdin:
    request = json.loads(line)
    key = request["task"], request["batch"]
    cpu = time.process_time()
    try:
        if key not in prepared:
            prepared[key] = (trainer if request["task"] == "train" else predictor)(request["batch"])
        window = measure(request["batch"], prepared[key], request["lead"], request["seconds"])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        tell({"type": "window", **window, "cpuSeconds": time.process_time() - cpu, "peakBytes": peak})
    except Exception as error:
        tell({"type": "refusal", "reason": str(error)})
