"""Groups texts by scikit-learn, given the true number of groups: TF-IDF, LSA, K-means. stdin and stdout are JSON."""

import json
import sys
import time

import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

asked = json.load(sys.stdin)
start = time.perf_counter()
terms = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2, max_df=0.5, max_features=50_000)
lsa = make_pipeline(terms, TruncatedSVD(128, random_state=asked["seed"]), Normalizer(copy=False))
points = lsa.fit_transform(asked["texts"])
labels = KMeans(asked["groups"], n_init=3, random_state=asked["seed"]).fit_predict(points)
seconds = time.perf_counter() - start
json.dump({"labels": labels.tolist(), "seconds": seconds, "version": sklearn.__version__}, sys.stdout)
