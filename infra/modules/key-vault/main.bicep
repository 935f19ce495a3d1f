import { roleAssignmentType, roleIds } from '../shared.bicep'

metadata name = 'Key Vault'
metadata description = 'Keys that verify and sign: the verifier of sealed batches, an authority of the plant, the signing key of images. Roles only; what is deleted can be brought back.'

@description('Required. Unique short name: 5 to 20 lower-case letters and digits.')
@minLength(5)
@maxLength(20)
param shortName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace for logs.')
param workspaceId string

@description('Optional. False closes the public endpoint.')
param publicNetworkAccess bool = false

@description('Optional. Roles on the vault.')
param roleAssignments roleAssignmentType[] = []

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-${shortName}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'premium' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: publicNetworkAccess ? 'Allow' : 'Deny', bypass: 'AzureServices' }
  }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in roleAssignments: {
    name: guid(vault.id, one.principalId, roleIds[one.role])
    scope: vault
    properties: {
      principalId: one.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[one.role])
      description: one.why
    }
  }
]

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the vault.')
output resourceId string = vault.id

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault.')
output uri string = vault.properties.vaultUri
