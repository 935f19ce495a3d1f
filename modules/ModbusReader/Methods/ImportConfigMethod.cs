using System.Globalization;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;

namespace Sallyport.ModbusReader.Methods;

/// <summary>Direct method <c>importConfig</c>: brings a points file to the module, piece by piece. It only stores the file; the plan is changed by the
/// desired properties alone, which then name the file and its digest.</summary>
internal sealed partial class ImportConfigMethod(
    PointsImport import, ImportMetrics metrics, ImportAudit audit, ILogger<ImportConfigMethod> logger)
{
    public const string Method = "importConfig";

    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int Conflict = 409;
    private const int Unprocessable = 422;
    private const int NoRoom = 507;
    private const int DiskFailed = 500;

    /// <summary>Answers <c>{"name":"points.csv","offset":0,"data":"…","size":…,"sha256":"…"}</c>: 200 with <c>next</c>, or with <c>stored</c>; 400; 409 with
    /// the <c>next</c> that is right; 422 if the digest does not fit; 507 if there are too many files; 500 if the disk fails.</summary>
    public async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        if (ImportRequest.Read(request.Payload, out string refusal) is not { } piece)
        {
            return MethodAnswer.Error(BadRequest, refusal);
        }

        switch (await import.TakeAsync(piece, cancellationToken))
        {
            case ImportOutcome.Continue next:
                return MethodAnswer.Of(Ok, json => json.WriteNumber("next", next.Next));
            case ImportOutcome.Stored:
                metrics.Ended(isStored: true);
                audit.Stored(piece);
                LogStored(piece.Name, piece.Size, piece.Sha256);
                return MethodAnswer.Of(Ok, json => json.WriteBoolean("stored", true));
            case ImportOutcome.OutOfPlace wrong:
                return MethodAnswer.Of(Conflict, json =>
                {
                    json.WriteString("error", string.Create(CultureInfo.InvariantCulture, $"The next piece begins at {wrong.Next}."));
                    json.WriteNumber("next", wrong.Next);
                });
            case ImportOutcome.OtherDigest other:
                return Refuse(piece, Unprocessable, $"What arrived has the SHA-256 {other.Found}; it was thrown away. Begin again at offset 0.");
            case ImportOutcome.Failed failed:
                return Refuse(piece, DiskFailed, failed.Reason);
            default:
                return Refuse(piece, NoRoom, string.Create(
                    CultureInfo.InvariantCulture, $"There are {PointsImport.MaxFiles} points files already: take the name of one that is not needed."));
        }
    }

    private MethodResponse Refuse(ImportRequest piece, int status, string reason)
    {
        metrics.Ended(isStored: false);
        audit.Refused(piece, reason);
        LogRefused(piece.Name, reason);
        return MethodAnswer.Error(status, reason);
    }

    [LoggerMessage(1150, LogLevel.Information, "Points file {Name} of {SizeInBytes} bytes is stored; its SHA-256 is {Sha256}")]
    private partial void LogStored(string name, int sizeInBytes, string sha256);

    [LoggerMessage(1151, LogLevel.Warning, "Points file {Name} is not stored: {Reason}")]
    private partial void LogRefused(string name, string reason);
}
