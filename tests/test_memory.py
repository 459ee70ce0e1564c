from sijill.memory import Memory


def test_a_question_is_asked_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memory = Memory(length)
    assert [memory[word] for word in ("قصف", "غارات", "قصف")] == [3, 5, 3]
    assert asked == ["قصف", "غارات"]


def test_what_is_asked_for_often_is_not_forgotten() -> None:
    asked: list[int] = []

    def same(number: int) -> int:
        asked.append(number)
        return number

    memory = Memory(same, bound=10)
    for number in range(1, 500):
        assert memory[0] == 0
        assert memory[number] == number
    assert asked.count(0) == 1
    assert memory[1] == 1
    assert asked.count(1) == 2


def test_beyond_the_bound_what_is_not_asked_for_is_forgotten() -> None:
    def square(number: int) -> int:
        return number * number

    memory = Memory(square, bound=10)
    for number in range(1000):
        assert memory[number] == number * number
        assert len(memory) <= 10
    assert memory[3] == 9
