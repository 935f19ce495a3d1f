using System.Security.Cryptography;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sallyport.SecureBuffer.Decommissioning;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>A challenge is good once, for two minutes and three tries.</summary>
public sealed class ChallengeBookTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ChallengeBook _book;

    public ChallengeBookTests() => _book = new ChallengeBook(_time, RandomNumberGenerator.Fill);

    [Fact]
    public void Its_letters_come_from_the_random_bytes()
    {
        var book = new ChallengeBook(_time, bytes =>
        {
            for (var at = 0; at < bytes.Length; at++)
            {
                bytes[at] = (byte)(0xE0 + (2 * at));
            }
        });
        Assert.Equal("0246-8ACE-GJMP-RTWY", book.Issue());
    }

    [Fact]
    public void It_is_right_once()
    {
        var challenge = _book.Issue();
        Assert.Equal(ChallengeVerdict.Right, _book.Judge(challenge, isNameRight: true));
        Assert.Equal(ChallengeVerdict.Absent, _book.Judge(challenge, isNameRight: true));
    }

    [Fact]
    public void It_may_be_typed_in_small_letters_and_without_dashes()
    {
        var challenge = _book.Issue();
        var typed = challenge.Replace('0', 'o').Replace('1', 'l').Replace('-', ' ').ToUpperInvariant();
        Assert.Equal(ChallengeVerdict.Right, _book.Judge(" " + typed, isNameRight: true));
    }

    [Fact]
    public void It_is_good_for_two_minutes()
    {
        var challenge = _book.Issue();
        _time.Advance(ChallengeBook.Life + TimeSpan.FromTicks(1));
        Assert.Equal(ChallengeVerdict.Expired, _book.Judge(challenge, isNameRight: true));
        Assert.Equal(ChallengeVerdict.Absent, _book.Judge(challenge, isNameRight: true));

        challenge = _book.Issue();
        _time.Advance(ChallengeBook.Life);
        Assert.Equal(ChallengeVerdict.Right, _book.Judge(challenge, isNameRight: true));
    }

    [Fact]
    public void Three_wrong_answers_use_it_up_and_a_wrong_name_is_one()
    {
        var challenge = _book.Issue();
        Assert.Equal(ChallengeVerdict.Wrong, _book.Judge("0000-0000-0000-0000", isNameRight: true));
        Assert.Equal(ChallengeVerdict.WrongName, _book.Judge(challenge, isNameRight: false));
        Assert.Equal(ChallengeVerdict.Wrong, _book.Judge("", isNameRight: true));
        Assert.Equal(ChallengeVerdict.Absent, _book.Judge(challenge, isNameRight: true));
    }

    [Fact]
    public void A_new_challenge_makes_the_old_one_void()
    {
        var old = _book.Issue();
        var challenge = _book.Issue();
        Assert.Equal(ChallengeVerdict.Wrong, _book.Judge(old, isNameRight: true));
        Assert.Equal(ChallengeVerdict.Right, _book.Judge(challenge, isNameRight: true));
    }

    [Fact]
    public void Nothing_else_is_ever_right() => Gen.String.Sample(answer =>
    {
        _book.Issue();
        Assert.Equal(ChallengeVerdict.Wrong, _book.Judge(answer, isNameRight: true));
    });
}
