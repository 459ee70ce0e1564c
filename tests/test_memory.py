from sijill.memory import Memory


def test_a_question_is_asked_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memory = Memory(length)
    assert [memory[word] for word in ("قصف", "غارات", "قصف")] == [3, 5, 3]
    assert asked == ["قصف", "غارات"]


def test_beyond_the_bound_all_is_forgotten_and_asked_again() -> None:
    def square(number: int) -> int:
        return number * number

    memory = Memory(square, bound=10)
    for number in range(1000):
        assert memory[number] == number * number
        assert len(memory) <= 10
    assert memory[3] == 9
