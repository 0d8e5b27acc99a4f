using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Common;

namespace LeadDesk.Tests.Common;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("  Ali.Khan@Example.COM. ", "ali.khan@example.com")]
    [InlineData("mailto:a@b.co", "a@b.co")]
    [InlineData("MAILTO:a@b.co?subject=Hello", "a@b.co")]
    [InlineData("<a@b.co>", "a@b.co")]
    [InlineData("\"Khan, Ali\" <Ali@b.co>,", "ali@b.co")]
    [InlineData("Ali <mailto:a@b.co>", "a@b.co")]
    [InlineData("\u200Ba@b.co\u00A0", "a@b.co")]
    [InlineData("(a@b.co);", "a@b.co")]
    [InlineData("o'brien+list@b.co", "o'brien+list@b.co")]
    [InlineData("ali@MÜNCHEN.de", "ali@xn--mnchen-3ya.de")]
    [InlineData("ali@xn--mnchen-3ya.de", "ali@xn--mnchen-3ya.de")]
    [InlineData("用户@例子.中国", "用户@xn--fsqu00a.xn--fiqs8s")]
    [InlineData("ａｌｉ＠ｂ．ｃｏ", "ali@b.co")]
    [InlineData("a@sub.domain.b.museum", "a@sub.domain.b.museum")]
    public void Addresses_are_read_as_people_write_them(string written, string expected)
    {
        EmailAddress.TryNormalise(written, out string address).ShouldBeTrue();
        address.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ali")]
    [InlineData("@b.co")]
    [InlineData("a@")]
    [InlineData("a@b")]
    [InlineData("a@@b.co")]
    [InlineData("a@b@c.co")]
    [InlineData("a b@c.co")]
    [InlineData("a@b .co")]
    [InlineData("a@b..co")]
    [InlineData("a..b@c.co")]
    [InlineData("a.@c.co")]
    [InlineData("a@-b.co")]
    [InlineData("a@b-.co")]
    [InlineData("a@b_c.co")]
    [InlineData("a@b.c")]
    [InlineData("a@10.0.0.1")]
    [InlineData("a@b.co, c@d.co")]
    [InlineData("\"a b\"@c.co")]
    [InlineData("a\u0000@b.co")]
    public void What_is_no_address_is_refused(string? written)
    {
        EmailAddress.TryNormalise(written, out string address).ShouldBeFalse();
        address.ShouldBe("");
    }

    [Fact]
    public void Half_characters_are_refused() => EmailAddress.TryNormalise("a\uD83D@b.co", out _).ShouldBeFalse();

    [Fact]
    public void Lengths_are_limited()
    {
        string domain = string.Join('.', Enumerable.Repeat(new string('d', 62), 3));
        EmailAddress.TryNormalise(new string('a', 64) + "@b.co", out _).ShouldBeTrue();
        EmailAddress.TryNormalise(new string('a', 65) + "@b.co", out _).ShouldBeFalse();
        EmailAddress.TryNormalise($"{new string('a', 61)}@{domain}.co", out string longest).ShouldBeTrue();
        longest.Length.ShouldBe(253);
        EmailAddress.TryNormalise($"{new string('a', 63)}@{domain}.co", out _).ShouldBeFalse();
        EmailAddress.TryNormalise($"a@{new string('d', 64)}.co", out _).ShouldBeFalse();
        EmailAddress.TryNormalise(new string(' ', 10_000) + "a@b.co", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ali+shop@b.co", "ali@b.co")]
    [InlineData("a.li.khan+x@gmail.com", "alikhan@gmail.com")]
    [InlineData("ali.khan@googlemail.com", "alikhan@gmail.com")]
    [InlineData("ali.khan@b.co", "ali.khan@b.co")]
    [InlineData("+ali@b.co", "+ali@b.co")]
    public void One_mailbox_has_one_match_key(string address, string expected) => EmailAddress.MatchKey(address).ShouldBe(expected);

    [Theory]
    [InlineData("x@mailinator.com", true)]
    [InlineData("x@eu.mailinator.com", true)]
    [InlineData("x@notmailinator.com", false)]
    [InlineData("x@gmail.com", false)]
    public void Throw_away_services_are_known(string address, bool disposable) => EmailAddress.IsDisposable(address).ShouldBe(disposable);

    [Theory]
    [InlineData("ali@xn--mnchen-3ya.de", "ali@münchen.de")]
    [InlineData("ali@b.co", "ali@b.co")]
    [InlineData("ali@xn--.co", "ali@xn--.co")]
    public void International_domains_are_shown_in_their_script(string address, string expected) => EmailAddress.Display(address).ShouldBe(expected);

    [Fact]
    public void An_address_normalised_again_is_itself() =>
        Prop.ForAll(TextSamples.Texts, TextSamples.Texts, (local, domain) =>
            !EmailAddress.TryNormalise($"{local}@{domain}.com", out string address)
            || (EmailAddress.TryNormalise(address, out string again)
                && again == address
                && address.Length <= EmailAddress.MaxAddress
                && TextRules.FindForbiddenControl(address) is null)).Check(TextSamples.Many);
}
