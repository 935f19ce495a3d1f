using System.Text;
using CsCheck;
using Sallyport.SecureBuffer.Decommissioning;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>A payload asks, confirms, or is neither; it never throws.</summary>
public sealed class DecommissionRequestTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{ \"step\" : \"challenge\" }")]
    public void Nothing_asks_for_a_challenge(string payload) => Assert.IsType<DecommissionRequest.Asks>(Read(payload));

    [Fact]
    public void Challenge_and_name_confirm() =>
        Assert.Equal(new DecommissionRequest.Confirms("7K2M", "edge-1/SecureBuffer"), Read("""{"confirm":"edge-1/SecureBuffer","challenge":"7K2M"}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("{\"step\":\"confirm\"}")]
    [InlineData("{\"challenge\":\"7K2M\"}")]
    [InlineData("{\"challenge\":\"7K2M\",\"confirm\":1}")]
    [InlineData("{\"challenge\":\"7K2M\",\"confirm\":\"a/b\",\"force\":true}")]
    [InlineData("{\"challenge\":\"7K2M\",\"challenge\":\"7K2M\",\"confirm\":\"a/b\"}")]
    [InlineData("{\"challenge\":\"\\ud800\",\"confirm\":\"a/b\"}")]
    [InlineData("{\"challenge\":{\"a\":{\"b\":{}}},\"confirm\":\"a/b\"}")]
    [InlineData("{\"step\":\"challenge\"")]
    public void Anything_else_is_malformed(string payload) => Assert.IsType<DecommissionRequest.Malformed>(Read(payload));

    [Fact]
    public void A_payload_without_end_is_malformed() =>
        Assert.IsType<DecommissionRequest.Malformed>(Read("{\"challenge\":\"" + new string('x', 5000) + "\",\"confirm\":\"a/b\"}"));

    [Fact]
    public void Bytes_of_any_kind_give_an_answer() => Gen.Byte.Array.Sample(bytes => Assert.NotNull(DecommissionRequest.Read(bytes)));

    private static DecommissionRequest Read(string payload) => DecommissionRequest.Read(Encoding.UTF8.GetBytes(payload));
}
