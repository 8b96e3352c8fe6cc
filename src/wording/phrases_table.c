/* SPDX-License-Identifier: MIT */
#include "wording/phrases_internal.h"

#include "base/attributes.h"

/* clang-format off */

/* For the time being: a server's state, not the model's or the key's. */
#define PASSING "currently,temporar,try again,retry,overload,busy,at the moment,暂时,稍后,重试,繁忙,过载"
/* A request's parts. */
#define PARTS "parameter,param,argument,field,property,image,vision,audio,tool,function,stream,format,role,schema,thinking,参数,字段,图片,图像,工具,格式"
#define KEYS "api key,appkey,key you entered,key you provided,your key,access key,secret key,auth key,auth token,access token,bearer token,authentication token,api token,authorization token,user key,virtual key,credential,api 密钥,密钥,秘钥,令牌,访问令牌"
#define HEADERS "authorization,auth header,x-api-key"
#define NOT_GOOD "invalid,not valid,isn't valid,no valid,incorrect,wrong,expired,revoked,disabled,malformed,not recognized,not authorized,not be verified,not be validated,unrecognized,unknown,not exist,doesn't exist,not correct,deleted,deactivated,rejected,suspended,无效,过期,错误,失效,不正确,不合法,非法,禁用,不存在,有误,已删除,不对,不通过,校验失败"
#define NOTHING "尚未,missing,required,not provided,not set,not configured,not found,is empty,or empty,blank,cannot be empty,must be provided,must be set,not specified,not supplied,缺失,未提供,未设置,未配置,未填写,为空,没有设置,未找到,没有配置"

const struct phrase phrases_table[] = {
	{ SAYS_KEY_WRONG, .things = KEYS, .behind = NOT_GOOD,
		.before = "invalid,invaild,incorrect,wrong,expired,malformed,bad,unknown,revoked,illegal,unauthorized,错误的,无效,非法的",
		.unless = "balance,quota,余额,额度" },
	{ SAYS_NO_KEY, .things = KEYS "," HEADERS,
		.behind = NOTHING,
		.before = "missing,no,without,empty,require,need,lack,enter your,set your,configure your,provide your,provide an,provide the,缺少,未提供,没有提供,没有配置,请提供,请输入,请填写,请先配置,请配置,请设置,未设置,未配置" },
	{ SAYS_KEY_REFUSED, .things = KEYS,
		.before = "check your,check the,check that your,verify your,verify the,check if your,a valid,valid,检查,核对,确认,有效的,正确的",
		.unless = "balance,quota,余额,额度,network,网络" },
	{ SAYS_MODEL, .things = "model,deployment,engine,模型",
		.behind = "not found,not exist,doesn't exist,not supported,isn't supported,not loaded,not work with your,unsupported,unavailable,not available,isn't available,invalid,not valid,deprecated,retired,sunset,no longer,discontinued,decommissioned,not enabled,not allowed,disabled,not accessible,unknown,not recognized,removed,offline,not permitted,not configured,not deployed,not registered,not published,不存在,未找到,找不到,不可用,下线,未开通,无权限,没有权限,未启用,已停用,未配置,未部署,已弃用,无效,暂不支持,不被支持",
		.before = "unknown,unsupported,invalid,no such,not found,cannot find,can't find,could not find,no access to,not have access to,not a supported,not a valid,not support,找不到,未找到,不支持,无效的,没有找到,不存在的",
		.unless = PASSING "," PARTS ",token,context,length,region,balance,quota,余额,额度" },
	{ SAYS_QUOTA, .things = "balance,credit,fund,account balance,quota,allowance,余额,额度,配额,积分,点数,用量,资源包,套餐,算力,次数",
		.behind = "insufficient,not enough,not sufficient,isn't enough,exhausted,used up,depleted,too low,ran out,run out,is zero,is 0,is negative,has expired,不足,用尽,用完,耗尽,已用,不够,为零,为 0,到期,已过期,超限,透支",
		.before = "insufficient,not enough,no remaining,out of,run out of,ran out of,used all,used up,exhausted,low,lack of,缺少,没有,无可用,超出",
		.unless = "per minute,per second,rate,max_tokens,每分钟,频率" },
	{ SAYS_QUOTA, .things = "recharge,top up,add credits,buy credits,purchase credits,add funds,充值,续费,购买套餐,升级套餐,欠费",
		.unless = "per minute,rate" },
	{ SAYS_LIMIT, .things = "quota,usage limit,daily limit,weekly limit,monthly limit,spending limit,spend limit,token limit,用量,配额,额度,限额",
		.behind = "exceed,reached,over,超出,超过,达到,超限",
		.before = "exceed,reached,hit,over,超出,超过,达到",
		.unless = "context,length,max_tokens,per request,每分钟,上下文" },
	{ SAYS_RATE, .things = "request,call,concurrency,concurrent,rpm,tpm,qps,请求,调用,并发,访问,频率",
		.behind = "too many,too frequent,too fast,too quickly,per minute,limit,rate limit,频繁,过多,限流,过快,超限,过高,上限,超过限制,达到限制",
		.before = "too many,throttl,slow down,exceeded,limit of,限流",
		.unless = "length,size,context,token limit,too large,body,长度" },
	{ SAYS_RATE, .things = "rate limit,throttled,throttling,slow down,限流,限速,速率" },
	{ SAYS_CONTENT, .things = "content,prompt,input,request,message,output,response,text,内容,输入,输出,提示词,消息",
		.behind = "flagged,violat,unsafe,inappropriate,blocked by moderation,moderation,safety,harmful,prohibited,sensitive,违规,敏感,不合规,审核,违反",
		.before = "flagged,unsafe,inappropriate,harmful,prohibited,sensitive,违规,敏感,不合规",
		.unless = "json,schema" },
	{ SAYS_REGION, .things = "region,country,territory,location,地区,国家,区域",
		.behind = "not supported,isn't supported,unsupported,not available,unavailable,restricted,blocked,not allowed,不支持,不可用,受限,限制,不在",
		.before = "unsupported,not available in,not supported in,unavailable in,restricted in,not allowed in,不支持",
		.unless = "model,模型" },
	{ SAYS_BUSY, .things = "server,service,system,upstream,backend,cluster,capacity,model,engine,服务,系统,上游,节点,模型",
		.behind = "overload,busy,unavailable,internal error,unexpected error,at capacity,try again later,maintenance,is down,not responding,繁忙,过载,超载,异常,稍后,维护,不可用,内部错误,故障,满载,饱和",
		.before = "overloaded,busy,unavailable,no available,insufficient,internal,繁忙",
		.unless = "not found,not supported,not exist,api key,不存在,不支持" },
	{ SAYS_BUSY, .things = "all providers,every provider",
		.behind = "failed,unavailable,down,busy" },
	{ SAYS_TOO_LONG, .things = "context,input,prompt,message,conversation,history,token,request,上下文,输入,请求,对话,提示词",
		.behind = "too long,too large,exceeds the maximum,exceed the maximum,exceeds the limit,maximum prompt length,maximum context,exceeds max,context length,context window,过长,超长,超出最大,超过最大,超过模型,超出模型,长度超,太长",
		.before = "too many input,maximum prompt length,too long",
		.unless = "per minute,rate,quota,took too long,每分钟" },
	{ SAYS_NO_PATH, .things = "path,endpoint,url,route,uri,接口,路径,地址,路由",
		.behind = "not found,not exist,doesn't exist,unknown,invalid,not supported,unsupported,不存在,未找到,错误,不正确,无效",
		.before = "unknown,invalid,no such,no matching,not a valid,not found,unsupported,无效的,错误的",
		.unless = "image,file,model,media,proxy,图片,文件" },
	{ SAYS_PARAMETER, .things = PARTS ",request body,max_tokens,temperature,top_p,response_format,请求体,入参",
		.behind = "invalid,missing,required,unsupported,not supported,unknown,unrecognized,not allowed,not permitted,must be,must have,should be,cannot be,can't be,is not one of,out of range,not specified,错误,无效,缺少,缺失,不支持,有误,非法,不合法,不能为空,范围,超出",
		.before = "invalid,missing,unsupported,unknown,unrecognized,unexpected,not support,doesn't support,错误的,无效的,缺少,不支持,非法",
		.unless = "api key,密钥,content policy,moderation" },
	{ SAYS_SLOW, .things = "request,requtest,response,respond,server,connection,call,api,stream,请求,响应,服务器,服务,接口,回复",
		.behind = "timed out,time out,timeout,took too long,超时,无响应,未响应,没有响应",
		.before = "no response from",
		.unless = "lock,key,密钥" },
	{ SAYS_UNREACHED, .things = "network,internet,网络",
		.behind = "error,problem,issue,fail,unavailable,异常,错误,失败,不通",
		.before = "check your,检查",
		.unless = "key,密钥" },
	{ SAYS_UNREACHED, .things = "connect to,connecting to,connection to,连接至,连接到",
		.behind = "fail,error,失败,错误",
		.before = "unable,cannot,can't,could not,无法",
		.unless = "key,密钥,database,数据库" },
	{ SAYS_PARAMETER, .things = "field required,input should be,validation error,参数校验失败" },
};
/* clang-format on */

const size_t phrases_count = ARRAY_SIZE(phrases_table);
