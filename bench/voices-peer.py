"""What the voices bench measures itself against: the Polis pipeline in plain numpy and scipy, one thread.

python3 voices-peer.py FOLDER PEOPLE STATEMENTS   reads person.i32, statement.i32 and vote.i8, prints CPU-seconds.
"""
import sys
import time

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

folder, people, statements = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
person = np.fromfile(f"{folder}/person.i32", dtype=np.int32)
statement = np.fromfile(f"{folder}/statement.i32", dtype=np.int32)
vote = np.fromfile(f"{folder}/vote.i8", dtype=np.int8).astype(float)


def silhouette(points, labels):
    away = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    groups = np.unique(labels)
    mean = np.stack([away[:, labels == g].sum(axis=1) for g in groups])
    size = np.array([(labels == g).sum() for g in groups])
    own = np.searchsorted(groups, labels)
    at = np.arange(len(points))
    a = mean[own, at] / np.maximum(size[own] - 1, 1)
    other = mean / size[:, None]
    other[own, at] = np.inf
    b = other.min(axis=0)
    return np.where(size[own] > 1, (b - a) / np.maximum(a, b), 0).mean()


start = time.process_time()
# The generator gives each cell once, so there is no last vote to look for.
seen = np.bincount(statement, minlength=statements)
center = np.bincount(statement, vote, statements) / np.maximum(seen, 1)
matrix = csr_matrix((vote - center[statement], (person, statement)), (people, statements))
_, _, components = svds(matrix, k=2, tol=1e-10, random_state=1)
given = np.bincount(person, minlength=people)
places = (matrix @ components.T) * np.sqrt(statements / np.maximum(given, 1))[:, None]
reach = np.sqrt(statements) * (1 - center)
extremity = np.hypot(reach * components[0], reach * components[1])

rows = np.flatnonzero(given >= 7)
base, member = kmeans2(places[rows], 100, iter=20, minit="++", seed=1)
best, groups = -1, None
for k in range(2, 6):
    _, labels = kmeans2(base, k, iter=20, minit="++", seed=1)
    width = silhouette(base, labels)
    if width >= best:
        best, groups = width, labels
group = np.full(people, -1)
group[rows] = groups[member]
count = group.max() + 1
grouped = group[person] >= 0
cell = group[person] * statements + statement
agrees = np.bincount(cell[grouped & (vote == 1)], minlength=count * statements).reshape(count, statements)
votes = np.bincount(cell[grouped], minlength=count * statements).reshape(count, statements)
disagrees = np.bincount(cell[grouped & (vote == -1)], minlength=count * statements).reshape(count, statements)
consensus = ((agrees + 1) / (votes + 2)).prod(axis=0)
share = (agrees + 1) / (votes + 2)
others = (agrees.sum(axis=0) - agrees + 1) / (votes.sum(axis=0) - votes + 2)
ratio = share / others
passes = votes.sum(axis=0) - agrees.sum(axis=0) - disagrees.sum(axis=0)
all_votes, all_agrees = votes.sum(axis=0), agrees.sum(axis=0)
importance = (1 - (passes + 1) / (all_votes + 2)) * (1 + extremity) * (all_agrees + 1) / (all_votes + 2)
priority = (importance * (1 + 8 * 2.0 ** (-all_votes / 5))) ** 2
print(time.process_time() - start)
