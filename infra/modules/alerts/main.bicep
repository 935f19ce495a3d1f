metadata name = 'Alerts'
metadata description = 'Who is woken, by what. Each rule says what to do; docs/operations/monitoring.md says more.'

@export()
@description('A rule over the logs. Its query is infra/kql/<name>.kql.')
type logRuleType = {
  @description('Required. Name of the rule and of its file.')
  name: string

  @description('Required. What people read first.')
  displayName: string

  @description('Required. What to do.')
  description: string

  @description('Required. 0 is the worst.')
  severity: 0 | 1 | 2 | 3 | 4

  @description('Required. A state is resolved when it is over; an event is not, and each is told once.')
  kind: 'state' | 'event'

  @description('Required. How often it is looked at.')
  frequency: string

  @description('Required. What it looks at.')
  window: string

  @description('Optional. How far it looks back, if further than the window.')
  range: string?

  @description('Required. Columns of the result: one alert for each combination.')
  dimensions: string[]

  @description('Required. The query. Each row of its result is something that is wrong.')
  query: string
}

@export()
@description('A rule over a metric of an Azure service.')
type metricRuleType = {
  @description('Required. Name of the rule.')
  name: string

  @description('Required. What to do.')
  description: string

  @description('Required. 0 is the worst.')
  severity: 0 | 1 | 2 | 3 | 4

  @description('Required. Resource id of the service.')
  scope: string

  @description('Required. Name of the metric.')
  metricName: string

  @description('Required. How samples are put together.')
  aggregation: 'Average' | 'Count' | 'Maximum' | 'Minimum' | 'Total'

  @description('Required. How it is compared.')
  operator: 'GreaterThan' | 'LessThan'

  @description('Required. What it is compared with.')
  threshold: int

  @description('Optional. One dimension and its values that count.')
  dimension: { name: string, values: string[] }?
}

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Region.')
param location string

@description('Required. E-mail addresses of those who are woken.')
@minLength(1)
param emails string[]

@description('Required. Resource id of the workspace that is asked.')
param workspaceId string

@description('Required. Resource id of the identity by which the rules read the workspace.')
param identityId string

@description('Required. Resource ids of the services whose own metrics are watched.')
param watched {
  iotHub: string
  provisioning: string
  eventHubs: string
  storage: string
  keyVault: string
  dataCollectionRule: string
}

@description('Required. Messages a day that the hub takes.')
param dailyMessageQuota int

@description('Optional. Web hooks that are called as well, by name.')
param webhooks { *: string } = {}

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

var logRules logRuleType[] = [
  {
    name: 'authentication-failures'
    displayName: 'Sign-ins are refused'
    description: 'See who it was. If it is one of ours, its certificate, key or token is no good: iotedge check on the gateway. If not, see from where, and close that way.'
    severity: 1
    kind: 'event'
    frequency: 'PT15M'
    window: 'PT15M'
    range: 'P2D'
    dimensions: ['DeviceId', 'Where']
    query: loadTextContent('../../kql/authentication-failures.kql')
  }
  {
    name: 'buffer-filling'
    displayName: 'Buffer of a gateway fills'
    description: 'Bring the uplink back before the ring is full, or make it larger: when it is full the oldest records go.'
    severity: 2
    kind: 'state'
    frequency: 'PT5M'
    window: 'PT30M'
    dimensions: ['DeviceId', 'Lane']
    query: loadTextContent('../../kql/buffer-filling.kql')
  }
  {
    name: 'buffer-not-on-disk'
    displayName: 'Buffer does not rest on the disk'
    description: 'Look at the log of SecureBuffer (2300) and at the disk: space, wear, the log of the kernel. A power cut takes what is in memory.'
    severity: 1
    kind: 'state'
    frequency: 'PT5M'
    window: 'PT15M'
    dimensions: ['DeviceId', 'Lane']
    query: loadTextContent('../../kql/buffer-not-on-disk.kql')
  }
  {
    name: 'certificate-ending'
    displayName: 'Certificate was not renewed in time'
    description: 'See in the log of CertificateManager why it is not renewed; sign by hand if need be: docs/operations/certificates.md.'
    severity: 2
    kind: 'state'
    frequency: 'PT1H'
    window: 'PT1H'
    dimensions: ['DeviceId', 'Kind', 'Certificate']
    query: loadTextContent('../../kql/certificate-ending.kql')
  }
  {
    name: 'configuration-change'
    displayName: 'Configuration was changed'
    description: 'Compare with the planned changes. If nobody ordered it, treat the gateway or the account as compromised.'
    severity: 3
    kind: 'event'
    frequency: 'PT10M'
    window: 'PT10M'
    range: 'P2D'
    dimensions: ['DeviceId', 'Change']
    query: loadTextContent('../../kql/configuration-change.kql')
  }
  {
    name: 'delivery-degraded'
    displayName: 'Delivery is degraded or offline'
    description: 'Offline: look at the network and at edgeHub. Degraded: the status page of the gateway says what is wrong. Data waits in the ring meanwhile.'
    severity: 2
    kind: 'state'
    frequency: 'PT5M'
    window: 'PT15M'
    dimensions: ['DeviceId', 'State']
    query: loadTextContent('../../kql/delivery-degraded.kql')
  }
  {
    name: 'delivery-stalled'
    displayName: 'Delivery stands still'
    description: 'The Watchdog asked for a new connection already. If it lasts, restart edgeHub on the gateway: iotedge restart edgeHub.'
    severity: 1
    kind: 'state'
    frequency: 'PT5M'
    window: 'PT15M'
    dimensions: ['DeviceId']
    query: loadTextContent('../../kql/delivery-stalled.kql')
  }
  {
    name: 'device-offline'
    displayName: 'Controller does not answer'
    description: 'Look at the controller and its cable; then ask it from the gateway with sallyportctl.'
    severity: 2
    kind: 'state'
    frequency: 'PT5M'
    window: 'PT15M'
    dimensions: ['DeviceId', 'Source']
    query: loadTextContent('../../kql/device-offline.kql')
  }
  {
    name: 'disk-low'
    displayName: 'Disk of a gateway is nearly full'
    description: 'Remove old images (docker image prune) and logs. The ring itself never grows.'
    severity: 2
    kind: 'state'
    frequency: 'PT15M'
    window: 'PT1H'
    dimensions: ['DeviceId', 'Disk']
    query: loadTextContent('../../kql/disk-low.kql')
  }
  {
    name: 'gateway-alarm'
    displayName: 'Alarm at a gateway'
    description: 'The remedy is in the event. Acknowledge the alarm at the box, on its status page or by the direct method acknowledge.'
    severity: 2
    kind: 'event'
    frequency: 'PT5M'
    window: 'PT5M'
    range: 'P2D'
    dimensions: ['DeviceId', 'Alarm']
    query: loadTextContent('../../kql/gateway-alarm.kql')
  }
  {
    name: 'gateway-silent'
    displayName: 'Gateway tells nothing'
    description: 'See whether the site has power and network, then iotedge check on the gateway. Readings go on into the ring if it runs.'
    severity: 1
    kind: 'state'
    frequency: 'PT5M'
    window: 'PT15M'
    range: 'P2D'
    dimensions: ['DeviceId']
    query: loadTextContent('../../kql/gateway-silent.kql')
  }
  {
    name: 'identity-unknown'
    displayName: 'Unknown identity at the hub'
    description: 'Find out who made it. If nobody ordered it: disable it (az iot hub device-identity update --status disabled) and look at the enrolment groups.'
    severity: 1
    kind: 'event'
    frequency: 'PT10M'
    window: 'PT10M'
    range: 'P2D'
    dimensions: ['DeviceId']
    query: loadTextContent('../../kql/identity-unknown.kql')
  }
  {
    name: 'key-step-down'
    displayName: 'Key is not in the TPM'
    description: 'See in the log of SecureBuffer why the TPM or token was passed over: docs/operations/secure-buffer.md, what happens to keys.'
    severity: 2
    kind: 'state'
    frequency: 'PT15M'
    window: 'PT1H'
    dimensions: ['DeviceId', 'Key']
    query: loadTextContent('../../kql/key-step-down.kql')
  }
  {
    name: 'lamp-failing'
    displayName: 'Lamp or buzzer does not work'
    description: 'The log of the Watchdog (7200) says which output and why. Until it is mended nobody at the box is warned.'
    severity: 3
    kind: 'state'
    frequency: 'PT15M'
    window: 'PT30M'
    dimensions: ['DeviceId']
    query: loadTextContent('../../kql/lamp-failing.kql')
  }
  {
    name: 'messages-dropped'
    displayName: 'edgeHub dropped messages'
    description: 'Reason no_route: mend the routes of the deployment. Reason ttl_expiry: the uplink was away for longer than messages live in edgeHub.'
    severity: 1
    kind: 'event'
    frequency: 'PT15M'
    window: 'PT15M'
    range: 'P2D'
    dimensions: ['DeviceId', 'Reason', 'From']
    query: loadTextContent('../../kql/messages-dropped.kql')
  }
  {
    name: 'module-down'
    displayName: 'Container does not run'
    description: 'iotedge list and iotedge logs of the module on the gateway; then the deployment of the gateway at the hub.'
    severity: 1
    kind: 'state'
    frequency: 'PT5M'
    window: 'PT30M'
    dimensions: ['DeviceId', 'Module']
    query: loadTextContent('../../kql/module-down.kql')
  }
  {
    name: 'module-unwell'
    displayName: 'Module does not do its work'
    description: 'The health endpoint of the module says why, and so does the status page. Flapping: iotedge logs of the module.'
    severity: 1
    kind: 'state'
    frequency: 'PT5M'
    window: 'PT15M'
    dimensions: ['DeviceId', 'Module', 'Condition']
    query: loadTextContent('../../kql/module-unwell.kql')
  }
  {
    name: 'poll-overruns'
    displayName: 'Reader cannot keep up'
    description: 'Make the intervals longer or the groups smaller; a device that is slow slows only its own groups.'
    severity: 3
    kind: 'state'
    frequency: 'PT15M'
    window: 'PT1H'
    dimensions: ['DeviceId', 'Module']
    query: loadTextContent('../../kql/poll-overruns.kql')
  }
  {
    name: 'posture-failing'
    displayName: 'Posture check fails'
    description: 'The remedy is in the result and in docs/operations/posture.md.'
    severity: 2
    kind: 'state'
    frequency: 'PT30M'
    window: 'PT30M'
    range: 'P2D'
    dimensions: ['DeviceId', 'CheckId']
    query: loadTextContent('../../kql/posture-failing.kql')
  }
  {
    name: 'posture-score'
    displayName: 'Posture of a gateway is low'
    description: 'See which checks fail or cannot tell: docs/operations/posture.md. A host without its daily report fails most of them.'
    severity: 3
    kind: 'state'
    frequency: 'PT1H'
    window: 'PT3H'
    dimensions: ['DeviceId']
    query: loadTextContent('../../kql/posture-score.kql')
  }
  {
    name: 'records-lost'
    displayName: 'Records were lost'
    description: 'docs/operations/secure-buffer.md says what each reason means and what to do. Which records: the gap records in the data.'
    severity: 1
    kind: 'event'
    frequency: 'PT15M'
    window: 'PT15M'
    range: 'P2D'
    dimensions: ['DeviceId', 'Module', 'Reason']
    query: loadTextContent('../../kql/records-lost.kql')
  }
  {
    name: 'renewal-failing'
    displayName: 'Certificate is not renewed'
    description: 'The log of CertificateManager says why (6301, 6311): enrolment server, key, clock. There is a third of its life to mend it.'
    severity: 2
    kind: 'state'
    frequency: 'PT30M'
    window: 'P1D'
    dimensions: ['DeviceId']
    query: loadTextContent('../../kql/renewal-failing.kql')
  }
  {
    name: 'security-event'
    displayName: 'Security event'
    description: 'Read the event. If it cannot be explained, do what docs/operations/certificates.md says of a stolen gateway.'
    severity: 1
    kind: 'event'
    frequency: 'PT5M'
    window: 'PT5M'
    range: 'P2D'
    dimensions: ['DeviceId', 'EventType']
    query: loadTextContent('../../kql/security-event.kql')
  }
  {
    name: 'token-ending'
    displayName: 'Token ends'
    description: 'Kind configuration: give the module a new connection string, or better a certificate. Kind runtime: see why the module does not replace its token.'
    severity: 2
    kind: 'state'
    frequency: 'PT30M'
    window: 'PT1H'
    dimensions: ['DeviceId', 'Credential']
    query: loadTextContent('../../kql/token-ending.kql')
  }
]

var metricRules metricRuleType[] = [
  {
    name: 'archive-unavailable'
    description: 'See the health of the storage account. The hub tries again for a day, then the messages are lost to the archive.'
    severity: 2
    scope: watched.storage
    metricName: 'Availability'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 99
  }
  {
    name: 'hub-quota'
    description: 'At the quota the hub refuses everything until midnight UTC. Add a unit, or let SecureBuffer send larger pages (maxLatencyMs).'
    severity: 1
    scope: watched.iotHub
    metricName: 'dailyMessageQuotaUsed'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: dailyMessageQuota / 5 * 4
  }
  {
    name: 'hub-throttled'
    description: 'Add a unit, or let SecureBuffer send larger pages (maxLatencyMs).'
    severity: 2
    scope: watched.iotHub
    metricName: 'd2c.telemetry.ingress.sendThrottle'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'registration-failing'
    description: 'See the log of the provisioning service: a chain that it does not know, or an enrolment that is disabled.'
    severity: 2
    scope: watched.provisioning
    metricName: 'RegistrationAttempts'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
    dimension: { name: 'Status', values: ['failed'] }
  }
  {
    name: 'route-dropped'
    description: 'See that its identity has its roles on Event Hubs and storage, and that both are reached.'
    severity: 1
    scope: watched.iotHub
    metricName: 'd2c.telemetry.egress.dropped'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'route-unmatched'
    description: 'Read them in the built-in endpoint, where they are for a day. Bring the routes up to date, or find out who sends them.'
    severity: 2
    scope: watched.iotHub
    metricName: 'd2c.telemetry.egress.fallback'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'rows-dropped'
    description: 'See the error log of the data collection rule: a column that the table does not have, or too much at a time.'
    severity: 2
    scope: watched.dataCollectionRule
    metricName: 'RowsDropped_Count'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'stream-throttled'
    description: 'Give the namespace more throughput units.'
    severity: 2
    scope: watched.eventHubs
    metricName: 'ThrottledRequests'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'vault-unavailable'
    description: 'See the health of the vault. Until it answers, batches are not verified and images are not signed.'
    severity: 2
    scope: watched.keyVault
    metricName: 'Availability'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 99
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${baseName}'
  location: 'Global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'sallyport'
    emailReceivers: [
      for (address, at) in emails: { name: 'mail-${at}', emailAddress: address, useCommonAlertSchema: true }
    ]
    webhookReceivers: [
      for hook in items(webhooks): { name: hook.key, serviceUri: hook.value, useCommonAlertSchema: true }
    ]
  }
}

resource overLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in logRules: {
    name: 'alert-${baseName}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
    properties: {
      displayName: rule.displayName
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      overrideQueryTimeRange: rule.?range
      autoMitigate: rule.kind == 'state'
      skipQueryValidation: true // The tables are empty at the first deployment.
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: [for name in rule.dimensions: { name: name, operator: 'Include', values: ['*'] }]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: {
        actionGroups: [people.id]
        customProperties: { rule: rule.name, guide: 'docs/operations/monitoring.md#${rule.name}' }
      }
    }
  }
]

resource overMetrics 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for rule in metricRules: {
    name: 'alert-${baseName}-${rule.name}'
    location: 'global'
    tags: tags
    properties: {
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [rule.scope]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.name
            metricName: rule.metricName
            operator: rule.operator
            threshold: rule.threshold
            timeAggregation: rule.aggregation
            dimensions: rule.?dimension == null
              ? []
              : [{ name: rule.dimension!.name, operator: 'Include', values: rule.dimension!.values }]
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]

@description('Resource id of the action group.')
output actionGroupId string = people.id

@description('Names of all rules.')
output ruleNames string[] = concat(map(logRules, rule => rule.name), map(metricRules, rule => rule.name))
