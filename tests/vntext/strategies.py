"""Vietnamese text made by hypothesis: real syllables, whole sentences, and marks in strange places."""

from hypothesis import strategies as st

# Holds every toned letter of the alphabet, each in a real syllable.
SYLLABLES = tuple(
    (  # noqa: SIM905 – a text is easier to add to
        "công đoàn lao động tỉnh huyện xã phường cơ sở người nữ đồng chí chủ tịch ban chấp hành thường vụ "
        "nghị quyết quyết định chỉ thị kế hoạch báo cáo tổng hợp đại hội nhiệm kỳ kỷ luật kỹ thuật mỵ ý tỷ "
        "đặng thủy khóa hòa bình ăn ắt bằng chẳng lẵng cấp vẫn cẩn lần lập mẹ vẻ vẽ về bề mến thể lễ lệ "
        "lì lịch mĩ chín hò hỏi võ học số rổ hỗ bộ mờ nợ cỡ mới nhở thù dũng bụi từ thứ tử giữ sự dạ cả cà "
        "bác già gì giếng quý quốc xuyên khuỷu ương yêu hoạt động thoáng toàn cửa hằng rằm cặp lấy yếu ước "
        "thỏa ánh sáng phẩm chất chặt chẽ tuyên truyền lượt mưa nước rừng hươu ngoéo sĩ lũy tuỳ"
    ).split()
)

TONED_LETTERS = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ"

syllables = st.sampled_from(SYLLABLES)
sentences = st.lists(syllables, min_size=1, max_size=12).map(" ".join)
long_texts = st.lists(syllables, min_size=25, max_size=80, unique=True).map(" ".join)
"""Enough different syllables to tell one legacy encoding from another."""

marked_text = st.text(
    st.one_of(
        st.sampled_from("aăâeêioôơuưydđAĐƠ qxßİıŉΣς\u00a0\u202f\u00adﬁǅ½²한か한"),
        st.sampled_from("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0328\u3099\u0345\u034f"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)
"""Any Unicode at all, with letters that grow in lower case and marks that compose with nothing."""
