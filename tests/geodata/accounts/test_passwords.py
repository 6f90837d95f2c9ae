"""Passwords are kept as argon2id hashes and never take less time for nobody's account."""

import re

import pytest
from argon2 import PasswordHasher

from geodata.accounts.passwords import Checked, check, hashed, made_up, must_be_good
from geodata.errors import ParameterError

PASSWORD = "梧桐树下的 42 号楼"


def test_a_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    one, other = hashed(PASSWORD), hashed(PASSWORD)
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other


def test_the_right_password_fits_and_a_wrong_one_does_not() -> None:
    kept = hashed(PASSWORD)
    assert check(kept, PASSWORD) == Checked(right=True)
    assert check(kept, PASSWORD + " ") == Checked(right=False)


def test_letters_composed_by_another_keyboard_are_the_same() -> None:
    assert check(hashed("caf\u00e9 und mehr"), "cafe\u0301 und mehr").right


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
def test_what_is_no_hash_fits_nothing(kept: str) -> None:
    assert check(kept, PASSWORD) == Checked(right=False)
    assert check(kept, "") == Checked(right=False)


def test_a_hash_by_older_parameters_is_made_anew() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    found = check(old, PASSWORD)
    assert (found.right, check(found.rehashed, PASSWORD)) == (True, Checked(right=True))
    assert check(old, "wrong one, this").rehashed == ""


@pytest.mark.parametrize(
    "password", ["short", "x" * 201, "aaaaaaaaaaaaaa", "1212121212121", "my-Pudong-word"]
)
def test_what_is_soon_guessed_is_refused(password: str) -> None:
    with pytest.raises(ParameterError, match="口令"):
        must_be_good(password, "pudong")


def test_a_made_up_password_is_good_and_new_each_time() -> None:
    one = made_up()
    must_be_good(one, "pudong")
    assert re.fullmatch(r"[\w-]{16}", one)
    assert one != made_up()
