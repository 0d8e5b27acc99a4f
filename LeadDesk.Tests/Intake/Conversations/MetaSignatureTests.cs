using System.Text;
using System.Text.Json;
using LeadDesk.Intake;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Intake.Conversations;

public sealed class MetaSignatureTests
{
    private const string Secret = "test_app_secret";
    private static readonly byte[][] Secrets = [Encoding.UTF8.GetBytes(Secret)];

    public static TheoryData<string, string> Vectors()
    {
        var file = File.ReadAllBytes(Repository.PathTo("LeadDesk.Tests", "Intake", "Conversations", "Samples", "meta_x_hub_signature_vectors.json"));
        using var document = JsonDocument.Parse(file);
        var vectors = new TheoryData<string, string>();
        foreach (var vector in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var signature = vector.TryGetProperty("X-Hub-Signature-256", out var asSent) ? asSent : vector.GetProperty("X-Hub-Signature-256_over_utf8_bytes");
            vectors.Add(vector.GetProperty("body").GetString()!, signature.GetString()!);
        }

        return vectors;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_body_signed_with_the_app_secret_is_Metas(string body, string header) =>
        MetaSignature.Verify(Encoding.UTF8.GetBytes(body), header, Secrets).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Vectors))]
    public void One_other_byte_or_another_secret_is_not(string body, string header)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        MetaSignature.Verify(bytes, header, [Encoding.UTF8.GetBytes("other")]).ShouldBeFalse();
        bytes[^1] ^= 1;
        MetaSignature.Verify(bytes, header, Secrets).ShouldBeFalse();
    }

    [Fact]
    public void Any_of_several_secrets_may_have_signed() =>
        MetaSignature.Verify("{}"u8, Signature, [Encoding.UTF8.GetBytes("other"), [], .. Secrets]).ShouldBeTrue();

    [Fact]
    public void No_secret_and_an_empty_secret_prove_nothing()
    {
        MetaSignature.Verify("{}"u8, Signature, []).ShouldBeFalse();
        // HMAC-SHA256 of "{}" with the empty key.
        MetaSignature.Verify("{}"u8, "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData([], "{}"u8)), [[]]).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha1=d73e9e864071bf8dbd89f02cbf0017b6e96cf6c1")]
    [InlineData("d73e9e864071bf8dbd89f02cbf0017b6e96cf6c13d09ced00b472c1d060e4301")]
    [InlineData("SHA256=d73e9e864071bf8dbd89f02cbf0017b6e96cf6c13d09ced00b472c1d060e4301")]
    [InlineData("sha256=d73e9e864071bf8dbd89f02cbf0017b6e96cf6c13d09ced00b472c1d060e430")]
    [InlineData("sha256=d73e9e864071bf8dbd89f02cbf0017b6e96cf6c13d09ced00b472c1d060e43012")]
    [InlineData("sha256=d73e9e864071bf8dbd89f02cbf0017b6e96cf6c13d09ced00b472c1d060e43zz")]
    [InlineData("sha256=d73e9e864071bf8dbd89f02cbf0017b6e96cf6c13d09ced00b472c1d060e4301,sha256=00")]
    public void A_malformed_header_proves_nothing(string? header) => MetaSignature.Verify("{}"u8, header, Secrets).ShouldBeFalse();

    private const string Signature = "sha256=d73e9e864071bf8dbd89f02cbf0017b6e96cf6c13d09ced00b472c1d060e4301";
}
