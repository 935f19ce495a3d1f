using System.Text;
using CsCheck;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>Bodies of the provisioning service; whatever they hold, there is a result.</summary>
public sealed class RegistrationAnswerTests
{
    private const string Golden =
        """
        {"operationId":"4.d0a671905ea5b2c8.42d78160-4c78-479e-8be7-61d5e55dac0d","status":"assigned","registrationState":{"registrationId":"gateway-1",
        "createdDateTimeUtc":"2026-11-22T10:15:00.0000000Z","assignedHub":"hub-1.azure-devices.net","deviceId":"gateway-1","status":"assigned",
        "substatus":"deviceDataMigrated","lastUpdatedDateTimeUtc":"2026-11-22T10:15:02.0000000Z","etag":"IjAwMDAwMDAwIg==","payload":{"line":7}}}
        """;

    [Fact]
    public void An_assignment_is_read()
    {
        RegistrationAnswer answer = Read(Golden);
        Assert.Equal(("assigned", "4.d0a671905ea5b2c8.42d78160-4c78-479e-8be7-61d5e55dac0d"), (answer.Status, answer.OperationId));
        Assert.Equal(new HubAssignment("hub-1.azure-devices.net", "gateway-1"), answer.Assignment);
        Assert.Equal((AssignmentChange.DataMigrated, """{"line":7}""", 0), (answer.Change, Encoding.UTF8.GetString(answer.Payload.Span), answer.ErrorCode));
    }

    [Fact]
    public void An_error_is_read_from_the_body_or_from_the_registration()
    {
        RegistrationAnswer error = Read("""{"errorCode":401002,"trackingId":"8ad0463c-6427","message":"Unauthorized","timestampUtc":"2026-11-22T10:15:00Z"}""");
        Assert.Equal((401002, "8ad0463c-6427", ""), (error.ErrorCode, error.TrackingId, error.Status));
        RegistrationAnswer failed = Read("""{"status":"failed","registrationState":{"errorCode":400209,"errorMessage":"Custom allocation failed"}}""");
        Assert.Equal((400209, "failed"), (failed.ErrorCode, failed.Status));
    }

    [Theory]
    [InlineData("""{"status":"assigned","registrationState":{"assignedHub":"no host","deviceId":"d"}}""")]
    [InlineData("""{"status":"assigned","registrationState":{"assignedHub":"hub","deviceId":"a/b"}}""")]
    [InlineData("""{"status":"assigned","registrationState":{"assignedHub":"hub","deviceId":"+"}}""")]
    [InlineData("""{"status":"assigned","registrationState":{"assignedHub":"hub"}}""")]
    [InlineData("""{"status":"assigned","registrationState":[]}""")]
    [InlineData("""{"status":"assigned"}""")]
    public void An_assignment_that_cannot_be_used_is_none(string body) => Assert.Null(Read(body).Assignment);

    [Theory]
    [InlineData("""{"trackingId":"a\nb"}""")]
    [InlineData("""{"trackingId":"\ud800"}""")]
    [InlineData("""{"trackingId":7}""")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_tracking_id_that_could_spoil_a_log_is_left_out(string body) => Assert.Equal("", Read(body).TrackingId);

    [Fact]
    public void Whatever_comes_there_is_a_result() => Gen.Select(Gen.Int[0, Golden.Length - 1], Gen.Byte).Sample((at, value) =>
    {
        byte[] body = Encoding.UTF8.GetBytes(Golden);
        body[at] = value;
        Assert.NotNull(RegistrationAnswer.Read(body));
        Assert.NotNull(RegistrationAnswer.Read(body.AsMemory(0, at)));
    });

    private static RegistrationAnswer Read(string body) => RegistrationAnswer.Read(Encoding.UTF8.GetBytes(body));
}
