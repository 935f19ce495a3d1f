// One meter provider listens to the whole process, so two hosts at a time would see each other's counters.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
