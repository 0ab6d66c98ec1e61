// A client of Jira that nobody here wrote, on the emulator's jira_cloud. Its line comes as the variable LINE; an error ends it with another code than 0.
import assert from 'node:assert/strict';
import { Version3Client } from 'jira.js';

const line = JSON.parse(process.env.LINE);
const jira = new Version3Client({ host: line.url, authentication: { basic: { email: line.email, apiToken: line.api_token } } });
const text = (words) => ({ version: 1, type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }] });

const me = await jira.myself.getCurrentUser();
assert.equal(me.emailAddress, line.email);

const made = await jira.issues.createIssue({
  fields: { project: { key: line.project }, issuetype: { name: 'Incident' }, summary: 'Made by jira.js', labels: ['jira-js'], description: text('From outside') },
});
assert.match(made.key, /^SOC-\d+$/);

const comment = await jira.issueComments.addComment({ issueIdOrKey: made.key, comment: text('Seen') });
assert.ok(comment.id);

const found = await jira.issueSearch.searchForIssuesUsingJqlEnhancedSearchPost({ jql: `project = ${line.project} AND labels = "jira-js"`, fields: ['summary', 'status'] });
assert.deepEqual(found.issues.map((issue) => issue.key), [made.key]);

const { transitions } = await jira.issues.getTransitions({ issueIdOrKey: made.key, expand: 'transitions.fields' });
const done = transitions.find((transition) => transition.to.statusCategory.key === 'done');
await jira.issues.doTransition({ issueIdOrKey: made.key, transition: { id: done.id }, fields: { resolution: { name: 'Benign' } } });

const issue = await jira.issues.getIssue({ issueIdOrKey: made.key });
assert.equal(issue.fields.status.name, 'Done');
assert.equal(issue.fields.resolution.name, 'Benign');
assert.equal(issue.fields.description.content[0].content[0].text, 'From outside');

await assert.rejects(jira.issues.getIssue({ issueIdOrKey: 'SOC-99999' }));
console.log(`${made.key} opened, commented, found and closed by jira.js`);
