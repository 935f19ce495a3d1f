namespace Sallyport.Hosting.Tests;

internal sealed record TestPlan(int IntervalMs);
