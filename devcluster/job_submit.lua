-- Written by devcluster; changes are lost.
-- What a site's plugin may say to the user, for jobs that are named for it: others pass.

local lines = {
	["plugin-says"] = {"one line"},
	["plugin-says-more"] = {"first\nsecond\n\nfourth", "%s words", "\n"},
	["plugin-refuses"] = {"not like this"},
	["plugin-refuses-by-number"] = {"no such job"},
}
local answers = {
	["plugin-refuses"] = slurm.ERROR,
	["plugin-refuses-silently"] = slurm.ERROR,
	["plugin-refuses-by-number"] = 2017,
}

function slurm_job_submit(job, partitions, uid)
	local name = job.name or ""
	for _, line in ipairs(lines[name] or {}) do
		slurm.log_user(line, "more")
	end
	return answers[name] or slurm.SUCCESS
end

function slurm_job_modify(job, record, partitions, uid)
	if record.name == "plugin-refuses-changes" then
		slurm.log_user("stays as it is")
		return slurm.ERROR
	elseif record.name == "plugin-comments" then
		slurm.log_user("changed")
	end
	return slurm.SUCCESS
end

return slurm.SUCCESS
