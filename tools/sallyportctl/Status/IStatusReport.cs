using System.Collections.Immutable;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Status;

/// <summary>One look at a gateway, or why there was none.</summary>
internal interface IStatusReport : IReport
{
    /// <summary>All in one line.</summary>
    string Headline { get; }

    /// <summary>The details; empty when there are none.</summary>
    ImmutableArray<ReportTable> Tables { get; }
}
