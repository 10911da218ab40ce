"""Lithuania, Kazakhstan, Liechtenstein: little is known, and that is said."""

import pytest

pytestmark = pytest.mark.realdata


def refused(made, source):
    table = made["rejected"]
    return table[(table["source"] == source)]


def test_lithuania_has_its_settlements_and_facilities(lt):
    assert len(lt["settlements"]) == 20_968
    kinds = lt["facilities"]["kind"].value_counts()
    assert kinds["hospital"] == 60
    assert kinds["primary_care"] == 58 + 63  # clinics and doctors
    assert kinds["pharmacy"] == 578
    assert kinds["post_office"] == 206
    assert kinds["mast"] > 0
    assert lt.manifest["completeness"] == []


def test_lithuania_has_a_grid_that_is_marked_as_one(lt):
    cells = lt["areas"].query("level == 'grid'")
    assert len(cells) > 50
    assert cells["analytic"].all()
    assert lt["settlements"]["grid_id"].isin(cells["id"]).all()


def test_an_incomplete_list_never_proves_a_breach(lt):
    judged = lt["judgements"]
    assert set(judged["force"]) == {"benchmark"}
    assert "breached" not in set(judged["verdict"])
    # the list is of 2019: what it would prove today is shown beside, as history
    assert set(judged["reason"]) == {"stale"}
    assert (judged["verdict_if_fresh"] == "kept").sum() > 10_000
    assert "breached" not in set(judged["verdict_if_fresh"])


def test_kazakhstan_is_almost_empty_and_honest(kz):
    assert len(kz["settlements"]) + len(refused(kz, "kz-places")) == 11_905
    values = kz["values"]
    unknown = values[values["status"] == "unknown"]
    assert len(unknown) / len(values) > 0.9
    assert kz.manifest["default_view"] == "evidence"
    levels = kz["areas"]["level"].value_counts()
    assert levels["raion"] == 195
    # of 18 regions two hold no place (islands, a leased area) and the city of Almaty
    # bears its oblast's name in the file
    assert 15 <= levels["oblast"] <= 18


def test_liechtenstein_from_its_osm_file(li):
    assert len(li["settlements"]) == 19
    assert li["settlements"]["population"].notna().any()
    judged = li["judgements"]
    assert "breached" not in set(judged["verdict"])


@pytest.mark.parametrize("code", ["lt", "kz", "li"])
def test_no_law_is_made_up(request, code):
    made = request.getfixturevalue(code)
    forces = {entry["force"] for entry in made.manifest["standards"]}
    assert forces <= {"benchmark"}
    assert forces
    known = made["values"].query("status not in ['unknown', 'assumed']")
    assert known["source"].notna().all()
    assert known["date"].notna().all()


def test_liechtenstein_travels_by_road(li):
    ways = li["access"]
    assert set(ways["status"]) == {"modelled"}
    assert set(ways["method"]) == {"road network"}
    assert set(ways["kind"]) >= {"hospital", "pharmacy", "post_office"}
    assert (ways["km"] >= ways["geodesic_km"] - 1e-3).all()
    assert 1.2 < ways["detour"].median() < 1.4
    # what is explained is long, and everything long is explained
    assert (ways["reason"].notna() == (ways["detour"] > 3)).all()
    assert ways["geometry"].notna().all()
    minutes = li.values("health.hospital_minutes")
    assert set(minutes["method"]) == {"road network"}
    # up the valley road through the tunnel and down to Vaduz
    names = li["settlements"].set_index("id")["name"]
    malbun = names.index[names == "Malbun"][0]
    assert 15 < minutes.loc[malbun, "value"] < 25
    bounded = minutes["high"].notna()
    assert (minutes["high"] >= minutes["value"])[bounded].all()
