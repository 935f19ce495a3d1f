targetScope = 'subscription'

metadata name = 'Activity log'
metadata description = 'Sends what people and services do to Azure resources of the subscription to the workspace.'

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Resource id of the workspace.')
param workspaceId string

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'activity-to-log-${baseName}'
  properties: {
    workspaceId: workspaceId
    logs: [for category in ['Administrative', 'Security', 'Policy', 'Alert']: { category: category, enabled: true }]
  }
}

@description('Name of the setting.')
output name string = diagnostics.name
