"""Ellipses of weighted points."""

import numpy as np
import pytest

from camwalk.geometry.ellipses import ellipse_of_covariance, honest_ellipse, mahalanobis, median_point


def test_the_axis_is_the_direction_of_the_greatest_spread() -> None:
    found = ellipse_of_covariance(np.array([[9.0, 0.0], [0.0, 4.0]]))
    assert (found.major, found.minor, found.axis) == pytest.approx((3, 2, 90))


def test_an_ellipse_of_normal_points_is_their_sigma() -> None:
    points = np.random.default_rng(1).normal(0, [5.0, 2.0], (20_000, 2))
    found = honest_ellipse(points, np.ones(len(points)), np.zeros(2))
    assert found.major == pytest.approx(5, rel=0.05)
    assert found.minor == pytest.approx(2, rel=0.05)


def test_long_tails_do_not_blow_an_ellipse_up() -> None:
    chance = np.random.default_rng(2)
    points = np.concatenate([chance.normal(0, 2, (9500, 2)), chance.normal(0, 40, (500, 2))])
    weights = np.ones(len(points))
    assert honest_ellipse(points, weights, np.zeros(2)).major < 4
    assert ellipse_of_covariance(np.cov(points.T)).major > 8


def test_one_sigma_along_the_axis_is_one_sigma() -> None:
    found = ellipse_of_covariance(np.array([[9.0, 0.0], [0.0, 4.0]]))
    assert mahalanobis(found, 3, 0) == pytest.approx(1)
    assert mahalanobis(found, 0, 4) == pytest.approx(2)


def test_the_median_point_stays_with_the_many() -> None:
    points = np.array([[0.0, 0.0]] * 6 + [[100.0, 0.0]] * 4)
    assert median_point(points, np.ones(10), rounds=60)[0] < 5
