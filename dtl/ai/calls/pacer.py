"""When a key may be used again: budgets told by headers, Retry-After, and a number of calls at a time.

One pacer for each key. It knows no clock: every method is told the time, in seconds on any clock that never goes back.
"""

from __future__ import annotations

from collections import deque

from dtl.ai.provider import Bucket, Limits

_INFINITE = float("inf")
# The first calls, before anything is known of the provider.
_FIRST_CALLS = 8
# The most calls at a time, whatever the headers allow.
MOST_CALLS = 128


class Allowance:
    """A budget that fills again: of requests, inputs or tokens.

    Headers do not say how it fills. A bucket fills steadily: the more was used, the longer it takes to be full again,
    in proportion. A window is full again a fixed time after the last use, and what was used comes back use by use.
    Until the headers have shown a bucket, both are minded: what was used comes back when its use is as old as the
    longest time that a header gave for filling, and within such a time no more than the limit is used.
    """

    def __init__(self) -> None:
        self.limit: int | None = None
        self._left = _INFINITE
        self._learned_at = -_INFINITE
        self._full_at = -_INFINITE
        self._span = 0.0
        self._used: deque[tuple[float, int]] = deque()
        self._used_sum = 0
        # Of what was used, what has come back since a header was last read.
        self._freed = 0
        # The least and the most that a header said was used, and how quickly it fills by what each header says.
        self._seen = (_INFINITE, 0.0)
        self._rates = (_INFINITE, 0.0)

    def learn(self, bucket: Bucket, sent_at: float, now: float) -> None:
        """Take in what a header says, in the response to a call that was sent at a time."""
        if bucket.limit is not None and bucket.limit > 0:
            self.limit = bucket.limit
        if bucket.remaining is None or bucket.remaining < 0 or self.limit is None:
            return
        self._span = max(self._span, bucket.reset or 0.0)
        self._forget(now)
        self._compare(self.limit - bucket.remaining, bucket.reset)
        # Of responses to calls that were under way together the later one may be the older: the lower one counts.
        is_newer = sent_at >= self._learned_at or now >= self._full_at
        self._left = bucket.remaining if is_newer else min(self._left_at(now), bucket.remaining)
        self._learned_at, self._freed = now, 0
        if bucket.reset is not None:
            self._full_at = now + bucket.reset if is_newer else max(self._full_at, now + bucket.reset)
        elif self._full_at <= now:
            self._full_at = now + (self._span or 1.0)

    def fix(self, limit: int, seconds: float) -> None:
        """Take a limit that is known beforehand."""
        self.limit, self._span = limit, seconds

    def note(self, amount: int, now: float, *, is_told: bool) -> None:
        """Note that so much was used; the provider counted it now or a little before.

        Args:
            amount: How much.
            now: The time.
            is_told: Whether a header says what is left after it.
        """
        self._used.append((now, amount))
        self._used_sum += amount
        if not is_told:
            self._left -= amount

    def when(self, amount: int, flying: int, now: float) -> float | None:
        """Return when so much more may be used, if nothing else is; None when that depends on what is under way.

        Args:
            amount: How much.
            flying: How much is used by calls under way.
            now: The time.
        """
        if self.limit is None:
            return now
        self._forget(now)
        amount = min(amount, self.limit)
        if flying + amount > self.limit:
            return None
        at = now
        missing = flying + amount - self._left_at(now)
        if now < self._full_at and missing > 0:
            back = now + missing / self._rates[0] if self._is_bucket else self._back_at(missing)
            at = self._full_at if back is None else min(self._full_at, back)
        over = self._used_sum + flying + amount - self.limit
        if over > 0 and not self._is_bucket:
            back = self._back_at(over)
            return None if back is None else max(at, back)
        return at

    def _left_at(self, now: float) -> float:
        """Return how much should be left, by the last header and what came back since."""
        if not self._is_bucket:
            return self._left + self._freed
        return self._left + (now - self._learned_at) * self._rates[0]

    def _back_at(self, amount: float) -> float | None:
        """Return when so much of what was used has come back, if a window; None when that is not all ours."""
        for used_at, used in self._used:
            amount -= used
            if amount <= 0:
                return used_at + self._span
        return None

    def _compare(self, used: int, reset: float | None) -> None:
        """Take in how quickly a budget would fill, if it were a bucket."""
        if used > 0 and reset is not None and reset > 0:
            self._seen = min(self._seen[0], used), max(self._seen[1], used)
            self._rates = min(self._rates[0], used / reset), max(self._rates[1], used / reset)

    @property
    def _is_bucket(self) -> bool:
        """Tell whether headers after little use and after much agree on how quickly it fills; they round, twofold."""
        least, most = self._seen
        return most >= 8 and most >= 4 * least and self._rates[1] <= 3 * self._rates[0]

    def _forget(self, now: float) -> None:
        used = self._used
        while used and used[0][0] + self._span <= now:
            at, amount = used.popleft()
            self._used_sum -= amount
            if at + self._span > self._learned_at:
                self._freed += amount

    @property
    def left(self) -> float:
        """Return how much the last header left, less what was used since."""
        return self._left if self.limit is not None else _INFINITE


def _is_told(bucket: Bucket | None) -> bool:
    return bucket is not None and bucket.remaining is not None and bucket.remaining >= 0


class Pacer:
    """The pace of one key.

    Args:
        most: The most calls at a time; None to find out (it grows by what succeeds and halves by what is refused).
        rate: A limit known beforehand: how many in how many seconds.
    """

    def __init__(self, most: int | None = None, rate: tuple[int, float] | None = None) -> None:
        self._most = most if most is not None else MOST_CALLS
        self._calls = float(self._most if most is not None else _FIRST_CALLS)
        self._threshold = _INFINITE
        self._cut_at = -_INFINITE
        #: Nothing may be sent before.
        self.blocked_until = -_INFINITE
        self._is_probing = False
        self.requests, self.tokens = Allowance(), Allowance()
        if rate is not None:
            self.requests.fix(*rate)
        self.flying = 0
        self._flying_weight = 0
        self._flying_tokens = 0
        #: When refusals began that no success has ended yet.
        self.refused_since: float | None = None
        self.refusals = 0

    def when(self, weight: int, tokens: int, now: float) -> float | None:
        """Return from when on a call may be sent; None when that depends on calls under way."""
        if self.flying >= (1 if self._is_probing else int(self._calls)):
            return None
        by_requests = self.requests.when(weight, self._flying_weight, now)
        by_tokens = self.tokens.when(tokens, self._flying_tokens, now)
        if by_requests is None or by_tokens is None:
            # With nothing under way there is nothing to wait for: a call beyond all limits is the provider's to judge.
            return None if self.flying else max(now, self.blocked_until)
        return max(now, self.blocked_until, by_requests, by_tokens)

    def sent(self, weight: int, tokens: int) -> None:
        """Note that a call is under way."""
        self.flying += 1
        self._flying_weight += weight
        self._flying_tokens += tokens

    def landed(self, weight: int, tokens: int, limits: Limits, sent_at: float, now: float, *, counted: bool) -> None:
        """Note that a call is under way no more.

        Args:
            weight: As it was sent.
            tokens: Likewise.
            limits: What the response's headers say.
            sent_at: When it was sent.
            now: The time.
            counted: Whether the provider counted it (not when it was refused for its budget).
        """
        self.flying -= 1
        self._flying_weight -= weight
        self._flying_tokens -= tokens
        if counted:
            self.requests.note(weight, now, is_told=_is_told(limits.requests))
            self.tokens.note(tokens, now, is_told=_is_told(limits.tokens))
        if limits.requests is not None:
            self.requests.learn(limits.requests, sent_at, now)
        if limits.tokens is not None:
            self.tokens.learn(limits.tokens, sent_at, now)

    def succeeded(self) -> None:
        """Note that a call was answered: more may be under way at a time."""
        self.refused_since, self.refusals, self._is_probing = None, 0, False
        self._calls += 1.0 if self._calls < self._threshold else 1.0 / self._calls
        if self.requests.limit is not None:
            # The provider has said how much it takes; there is no need to find out.
            self._calls = max(self._calls, min(self.requests.left, MOST_CALLS))
        self._calls = min(self._calls, float(self._most))

    def slowed(self, sent_at: float, now: float) -> None:
        """Note that a call came to nothing for want of room: fewer at a time, once for those sent together."""
        if sent_at > self._cut_at:
            self._calls = self._threshold = max(1.0, self._calls / 2)
            self._cut_at = now

    def refused(self, seconds: float, sent_at: float, now: float) -> None:
        """Note that nothing may be sent for so long; after that a single call must succeed before others go."""
        self.slowed(sent_at, now)
        if self.refused_since is None:
            self.refused_since = now
        if sent_at >= self.blocked_until:
            self.refusals += 1
        self.blocked_until = max(self.blocked_until, now + seconds)
        self._is_probing = True
