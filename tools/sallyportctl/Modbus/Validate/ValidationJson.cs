using System.Collections.Immutable;
using System.Text.Json;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>What a plan costs, for machines.</summary>
internal static class ValidationJson
{
    /// <summary>The polls.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="polls">The polls.</param>
    /// <param name="isAssumed">Whether connections, unit ids and intervals are made up; they are left out then.</param>
    public static void WritePolls(Utf8JsonWriter json, ImmutableArray<PollSummary> polls, bool isAssumed = false)
    {
        json.WriteStartArray("polls");
        foreach (PollSummary poll in polls)
        {
            json.WriteStartObject();
            json.WriteString("unit", poll.Unit.Name);
            if (!isAssumed)
            {
                json.WriteNumber("unitId", poll.Unit.UnitId);
                json.WriteString("connection", poll.Unit.Connection.Name);
            }

            json.WriteString("group", poll.Poll.Group);
            if (!isAssumed)
            {
                json.WriteNumber("intervalMs", poll.Poll.Interval.TotalMilliseconds);
            }

            json.WriteNumber("points", poll.Poll.Points.Length);
            json.WriteNumber("requests", poll.Requests);
            json.WriteNumber("registers", poll.Registers);
            json.WriteNumber("bits", poll.Bits);
            json.WriteNumber("largestRequest", poll.LargestRequest);
            json.WriteNumber("frameBytes", poll.FrameBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The connections.</summary>
    public static void WriteConnections(Utf8JsonWriter json, ImmutableArray<ConnectionSummary> connections)
    {
        json.WriteStartArray("connections");
        foreach (ConnectionSummary connection in connections)
        {
            json.WriteStartObject();
            json.WriteString("name", connection.Connection.Name);
            json.WriteString("endpoint", connection.Connection.Endpoint.ToString());
            json.WriteNumber("units", connection.Units);
            json.WriteNumber("requestsPerSecond", Math.Round(connection.RequestsPerSecond, 3));
            if (connection.AnswerWithin is { } within)
            {
                json.WriteNumber("answerWithinMs", Math.Round(within.TotalMilliseconds, 3));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
