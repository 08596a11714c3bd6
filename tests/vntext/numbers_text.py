"""Vietnamese text full of numbers that are no symbols of documents."""

from __future__ import annotations

import random

_TEMPLATES = (
    "Có {a}/{b} công đoàn cơ sở đạt vững mạnh, chiếm {p},{q}%.",
    "Hội nghị diễn ra ngày {d}/{m}/{y}, từ {h}h30 đến {h}:45.",
    "Điện thoại 0214.3{n6}, 0912-{n3}-{n3}, fax 84-214-3{n6}; email vp{a}@laocai.gov.vn.",
    "Xe ô tô biển số 24A-{n3}.{n2}, 24B1-{n3}.{n2} và 29C {n5} đi trên QL4D, Km {a}+{n3}, ĐT 15{a}, TL {b}/TP Lào Cai.",
    "Số nhà {a}/{b}/{d} ngõ {b}, tổ {m}-KP{d}, phường Kim Tân; lô {a}-CN{b}, KCN Tằng Loỏng; căn {n4}-CT{d}, P.{n3}-B{a}.",
    "Tỷ lệ 1/{n3}, bản đồ 1:{n5}, tỷ số {d}-{m}, xếp thứ {a}/{b} toàn quốc, giải nhất {m}-{d}.",
    "Giá {n3}.{n3}đ/kg, {n2}.000 đồng/người/tháng, {p},{q} tỷ đồng/năm, {a} USD/tấn, {n3}.000 VNĐ/CBCNV.",
    "Máy bơm AK-{a}/B, model SX{n4}-TW, bóng LED {a}W/{n3}V, thép CT{d}-{a}, vở A4/{n2}gsm, xi măng PCB{a}-TCVN {n4}:{y}.",
    "Trang {a}-{b}, tập {d}/{m}, các điều {d}, {m}; khoản {d}-{m} điều {a}; mục {d}.{m}.{a} chương II.",
    "Giai đoạn {y}-{y2}, nhiệm kỳ {y} – {y2}, năm học {y}/{y2}; quý {d}/{y}; 6 tháng đầu năm {y}.",
    "Tải tại https://congdoan.vn/van-ban/{a}-NQ-TW/{y}.html hoặc tệp {a}-KH-LDLD.docx, bao_cao_{y}_{m}.xlsx, {d}/{m}/anh-{n4}.jpg.",
    "Nhiệt độ {a}-{b}°C, mưa {n2}mm/24h; diện tích {n3},{q} ha; {n4},{q} Km2; vĩ độ 22°{a}'{b}\".",
    "Mã số thuế 530{n6}-00{d}, tài khoản {n6}{n6}, CMND 063{n6}, số hiệu CĐ-{n4}, thẻ BHYT DN4-10-{n4}-{n5}.",
    "Lớp {d}A/{m}B trường THPT số {d}, ca {d}/{m}, {a} CNVCLĐ/{b} nữ, {a} UVBCH/{b} UVBTV, {a} ĐVCĐ, 12/LĐLĐ huyện.",
    "Tiêu chuẩn ISO {n4}:{y}, TCVN {n4}-{d}:{y}, QCVN {a}:{y}/BYT, mẫu C{n2}-TS, mẫu số {d}a-TSN, biểu {a}/CĐ.",
    "Mã vật tư VT-{n2}/BB-KHO, hàng SP{a}-CT/XLK, lô A-{a}-KH/DUN, phiếu {d}/{m}/HĐ-XD, hồ sơ {y}-{a}/TB-KHO, ngày {d}/{m}/QĐ.",
    "Chuyến VN-{n4}, tàu SP{d}/SP{m}, tuyến {a}-{b}, ghế {a}C, cửa {d}; kênh VTV{d}, FM {n2},{d} MHz.",
)


def mixed_text(chance: random.Random, *, length: int) -> str:
    """At least ``length`` characters of sentences with numbers of all other kinds."""
    pieces: list[str] = []
    size = 0
    while size < length:
        year = chance.randint(1990, 2030)
        values: dict[str, object] = {
            "a": chance.randint(1, 99), "b": chance.randint(1, 400), "d": chance.randint(1, 28), "m": chance.randint(1, 12),
            "h": chance.randint(0, 23), "y": year, "y2": year + 5, "p": chance.randint(1, 99), "q": chance.randint(0, 99),
        } | {f"n{digits}": chance.randint(10 ** (digits - 1), 10**digits - 1) for digits in range(2, 7)}  # fmt: skip
        sentence = chance.choice(_TEMPLATES).format(**values)
        pieces.append(sentence)
        size += len(sentence) + 1
    return " ".join(pieces)
